/**
 * `npm run bench:patterns`: measures what the patterns cost and writes it down. `-- --tables` writes the pages anew
 * from the figures that are kept. Exit code 1 when a goal is missed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { judge } from './judge.ts'
import { KEPT_FILE, readKept } from './kept.ts'
import { pages } from './pages.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '../../../..')

if (!process.argv.includes('--tables')) {
  const kept = run(ROOT, (round, rounds) => console.error(`round ${round} of ${rounds}`))
  mkdirSync(dirname(join(ROOT, KEPT_FILE)), { recursive: true })
  writeFileSync(join(ROOT, KEPT_FILE), `${JSON.stringify(kept)}\n`)
}
const kept = readKept(ROOT)
for (const { path, text } of pages(ROOT, kept)) writeFileSync(join(ROOT, path), text)

for (const judged of judge(kept)) {
  const { chapter, what, kind, goal } = judged.comparison
  if (judged.kind === 'missing') {
    console.log(`${chapter}: ${what}: not measured`)
    continue
  }
  const bound = goal === undefined ? '' : ` (goal: at ${goal.kind} ${goal.value})`
  console.log(`${chapter}: ${what}: ${kind} ${judged.figure.toFixed(2)}${bound}`)
  if (judged.met === false) {
    console.error(
      `missed: ${chapter}, ${what}: ${kind} ${judged.figure.toFixed(2)}, at ${goal!.kind} ${goal!.value}`,
    )
    process.exitCode = 1
  }
}
