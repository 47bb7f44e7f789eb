/** turbo's first task: what the toolchain is decides which cached verifications still hold. */
import { join } from 'node:path'
import { writeAtHand } from './at-hand.ts'
import { openToolchain } from './open.ts'
import { introduce } from './words.ts'
import { unwritable } from './writable.ts'

const root = join(import.meta.dirname, '../../..')
const locked = await unwritable(root)
if (locked !== null) {
  refuse('nothing can be verified here', locked)
} else {
  const opened = await openToolchain(root, undefined, console.log)
  if (opened.kind === 'open') {
    await writeAtHand(opened.toolchain)
    console.log(`toolchain  ${introduce(opened.toolchain)}`)
  } else refuse('no toolchain', opened)
}

function refuse(what: string, { problem, remedy }: { problem: string; remedy: string }): void {
  console.error(`${what}: ${problem}\n  ${remedy}`)
  process.exitCode = 1
}
