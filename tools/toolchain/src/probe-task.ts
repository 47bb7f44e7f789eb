/** turbo's first task: what the toolchain is decides which cached verifications still hold. */
import { openToolchain } from './open/open.ts'
import { atHandFor, writeAtHand } from './probe/at-hand.ts'
import type { ProbeEvent } from './probe/events.ts'
import { findGuide } from './probe/find-guide.ts'
import { introduce } from './probe/messages.ts'
import { NEEDS, type Need, readAllNeeds } from './probe/needs.ts'
import { unwritable } from './probe/writable.ts'

// turbo runs it in the folder of a package, or in that of the guide itself.
const root = findGuide(process.cwd())
if (root === null)
  throw new Error(`${process.cwd()} is in no guide, expected turbo.json and patterns/ above it`)
const [locked, all] = await Promise.all([unwritable(root), readAllNeeds(root)])
if (locked !== null) refuse('nothing can be verified here', locked)
else await probePatterns(root, all)

async function probePatterns(root: string, all: Awaited<ReturnType<typeof readAllNeeds>>): Promise<void> {
  const patterns: { dir: string; slug: string; needs: readonly Need[] }[] = []
  for (const { dir, slug, read } of all) {
    if ('problem' in read) return refuse('nothing can be verified here', read)
    patterns.push({ dir, slug, needs: read.needs })
  }
  // The patterns that are about to be verified, as `npm run verify` says; all of them under a bare `turbo run`.
  const selected = process.env.COOKBOOK_CHAPTERS?.split(',') ?? null
  const needed = (need: Need) =>
    patterns.some(({ slug, needs }) => (selected === null || selected.includes(slug)) && needs.includes(need))
  const opened = await openToolchain(root, undefined, {
    needs: NEEDS.filter((need) => patterns.some(({ needs }) => needs.includes(need))),
    download: process.env.COOKBOOK_NO_DOWNLOAD ? () => false : needed,
    progress: (text) => report({ event: 'progress', text }),
  })
  if (opened.kind === 'open') {
    for (const { dir, needs } of patterns) await writeAtHand(dir, atHandFor(opened.toolchain, needs))
    report({ event: 'opened', introduction: introduce(opened.toolchain) })
  } else refuse('no toolchain', opened)
}

function refuse(what: string, { problem, fix }: { problem: string; fix: string }): void {
  report({ event: 'refused', what, problem, fix })
  process.exitCode = 1
}

/** JSON for `npm run verify`, text for those who call turbo themselves. */
function report(event: ProbeEvent): void {
  if (process.env.COOKBOOK_EVENTS === 'json') console.log(JSON.stringify(event))
  else if (event.event === 'progress') console.log(event.text)
  else if (event.event === 'opened') console.log(`toolchain  ${event.introduction}`)
  else console.error(`${event.what}: ${event.problem}\n  ${event.fix}`)
}
