/** turbo's first task: what the toolchain is decides which cached verifications still hold. */
import { join } from 'node:path'
import { writeAtHand } from './at-hand.ts'
import { openToolchain } from './open.ts'
import { introduce } from './words.ts'

const opened = await openToolchain(join(import.meta.dirname, '../../..'), undefined, console.log)
if (opened.kind === 'open') {
  await writeAtHand(opened.toolchain)
  console.log(`toolchain  ${introduce(opened.toolchain)}`)
} else {
  console.error(`no toolchain: ${opened.problem}\n  ${opened.remedy}`)
  process.exitCode = 1
}
