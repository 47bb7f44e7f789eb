/** turbo's first task: what the toolchain is decides which cached verifications still hold. */
import { join } from 'node:path'
import { openToolchain } from './open/open.ts'
import { atHandFor, writeAtHand } from './probe/at-hand.ts'
import { introduce } from './probe/messages.ts'
import { NEEDS, type Need, readAllNeeds } from './probe/needs.ts'
import { unwritable } from './probe/writable.ts'

const root = join(import.meta.dirname, '../../..')
const locked = await unwritable(root)
if (locked !== null) refuse('nothing can be verified here', locked)
else await probePatterns()

async function probePatterns(): Promise<void> {
  const patterns: { dir: string; slug: string; needs: readonly Need[] }[] = []
  for (const { dir, slug, read } of await readAllNeeds(root)) {
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
    progress: console.log,
  })
  if (opened.kind === 'open') {
    for (const { dir, needs } of patterns) await writeAtHand(dir, atHandFor(opened.toolchain, needs))
    console.log(`toolchain  ${introduce(opened.toolchain)}`)
  } else refuse('no toolchain', opened)
}

function refuse(what: string, { problem, remedy }: { problem: string; remedy: string }): void {
  console.error(`${what}: ${problem}\n  ${remedy}`)
  process.exitCode = 1
}
