/**
 * `npm run bench:patterns`: measures what the patterns cost and writes it down. `-- --tables` writes the pages again
 * from the figures that are kept, and no more. Exit code 1 when a goal is missed by what has been measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writePages } from '../../measurements/pages.ts'
import { judge, say } from '../figures/judge.ts'
import { RESULTS_FILE, readMeasurements, resultsText } from '../figures/measurements.ts'
import { run } from './run.ts'
import '@cookbook/cli/unread'

const ROOT = join(import.meta.dirname, '../../../..')

const measures = !process.argv.includes('--tables')
if (measures) {
  const { http } = readMeasurements(ROOT)
  const measured = run(ROOT, process.env.CXX_ASYNC, (round, rounds) =>
    console.error(`round ${round} of ${rounds}`),
  )
  mkdirSync(dirname(join(ROOT, RESULTS_FILE)), { recursive: true })
  writeFileSync(join(ROOT, RESULTS_FILE), resultsText({ ...measured, http }))
}
const results = readMeasurements(ROOT)
writePages(ROOT, results)

for (const judged of judge(results)) {
  const said = say(judged)
  console.log(said)
  if (measures && judged.kind === 'measured' && judged.met === false) {
    console.error(`missed: ${said}`)
    process.exitCode = 1
  }
}
