/**
 * `npm run bench:http`: measures the HTTP client of the guide beside others and writes it down. Exit code 1 when a
 * goal is missed.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages } from '../../measurements/pages.ts'
import { KEPT_FILE, keptText, readKept } from '../figures/kept.ts'
import '@cookbook/cli/unread'
import { judgeHttp, sayHttp } from './judge.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '../../../..')

const http = await run(ROOT, (round, rounds) => console.error(`round ${round} of ${rounds}`))
const kept = { ...readKept(ROOT), http }
writeFileSync(join(ROOT, KEPT_FILE), keptText(kept))
for (const { path, text } of pages(ROOT, kept)) writeFileSync(join(ROOT, path), text)

for (const figure of judgeHttp(http)) {
  console.log(sayHttp(figure))
  if (figure.met === false) {
    console.error(`missed: ${sayHttp(figure)}`)
    process.exitCode = 1
  }
}
