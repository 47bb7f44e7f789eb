import { isNotVerified, type RunResult } from './result.ts'

/** What did not run and why: `skipped in oneshot, stream: memcheck (reason)`; nothing is skipped silently. */
export function skippedLines({ chapters }: RunResult): string[] {
  // What a chapter lacks is a finding, and said there once.
  const verified = chapters.filter((chapter) => !isNotVerified(chapter))
  const checks = verified.flatMap(({ slug, evidence }) =>
    (evidence?.checks ?? []).map((check) => ({ slug, ...check })),
  )
  const skipped = checks.filter(({ result }) => result === 'skipped')
  const byReason = Map.groupBy(skipped, ({ reason }) => reason ?? 'no reason given')
  return [...byReason].map(([reason, group]) => {
    const slugs = [...new Set(group.map(({ slug }) => slug))].join(', ')
    const names = [...new Set(group.map(({ name }) => name.split('#').at(-1)!))]
    const shown = names.length > 6 ? `${names.length} checks` : names.join(', ')
    return `skipped in ${slugs}: ${shown} (${reason})`
  })
}
