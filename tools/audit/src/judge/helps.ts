import { closure, connected, needsAmong } from '../placement/related.ts'
import { hasMain } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Help } from '../verdict.ts'
import type { Tried } from './try.ts'

/** Helps that change the project, and not the one file that they were needed in. */
const OF_THE_PROJECT: Record<Help['kind'], boolean> = {
  header: false,
  dependency: true,
  feature: true,
  // Who includes the file needs it, and whoever includes that.
  'include path': false,
  main: false,
  import: false,
  standard: true,
  edition: true,
  manifest: true,
  'build script': true,
  'bridge include': true,
  'shared type': true,
  module: true,
  wrapper: false,
  stub: true,
}

/** The helps of each snippet of a snapshot: its own, and those of the project that it does not build without. */
export function helpsBySnippet({ project, snippets }: Tried): {
  of: ReadonlyMap<Snippet, readonly Help[]>
  program: ReadonlySet<Snippet>
} {
  const needs = needsAmong(snippets)
  const mains = snippets.filter((snippet) => hasMain(snippet) && snippet.path !== 'build.rs')
  const program = closure(mains, needs)
  const of = new Map<Snippet, Help[]>()
  const give = (snippet: Snippet, help: Help) => {
    const known = of.get(snippet) ?? []
    if (!known.some(({ text, file }) => text === help.text && file === help.file))
      of.set(snippet, [...known, help])
  }
  const closures = new Map(snippets.map((snippet) => [snippet, closure([snippet], needs)]))
  for (const { help, snippets: users } of project.helps) {
    for (const user of users) give(user, help)
    if (!OF_THE_PROJECT[help.kind]) continue
    for (const user of users) {
      const bridged = help.kind === 'build script' || /\bcxx(?:-build)? = /.test(help.text)
      const near = bridged ? connected(user, needs) : new Set<Snippet>()
      for (const snippet of snippets) {
        if (!['rust', 'cpp'].includes(snippet.language) || snippet.path === 'build.rs') continue
        if (help.kind === 'edition' && snippet.language === 'cpp') continue
        const shares = program.has(user) && program.has(snippet)
        if (shares || closures.get(snippet)!.has(user) || (near.has(snippet) && !hasMain(snippet)))
          give(snippet, help)
      }
    }
  }
  return { of, program }
}
