/**
 * `npm run bench:http`: measures the HTTP client of the guide beside others and writes it down. Exit code 1 when a
 * goal is missed.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePages } from '../../measurements/pages.ts'
import { RESULTS_FILE, readMeasurements, resultsText } from '../figures/measurements.ts'
import '@cookbook/cli/unread'
import { judgeHttp, sayHttp } from './judge.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '../../../..')

const http = await run(ROOT, (round, rounds) => console.error(`round ${round} of ${rounds}`))
const results = { ...readMeasurements(ROOT), http }
writeFileSync(join(ROOT, RESULTS_FILE), resultsText(results))
writePages(ROOT, results)

for (const figure of judgeHttp(http)) {
  console.log(sayHttp(figure))
  if (figure.met === false) {
    console.error(`missed: ${sayHttp(figure)}`)
    process.exitCode = 1
  }
}
