/**
 * `npm run bench:audit`: measures how long an audit takes, keeps it in docs/data/audit.json and writes
 * docs/measurements.md again. Exit code 1 when a goal is missed.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { COMMANDS } from '../../commands.ts'
import { writePages } from '../../measurements/pages.ts'
import '@cookbook/cli/unread'
import { judgeAudit } from './judge.ts'
import { grantedTurn } from './priority.ts'
import { readRepeat } from './repeat.ts'
import { AUDIT_FILE, auditText } from './results.ts'
import { run } from './run.ts'

const ROOT = join(import.meta.dirname, '../../../..')

const repeat = readRepeat(process.env)
if (repeat.kind === 'refused') leave(COMMANDS['bench:audit'], repeat)
const rounds = repeat.number
const { turn, refused } = grantedTurn()
if (turn === 'ordinary')
  console.error(`without a real-time priority (${refused}): measure on a quiet machine`)
const results = run(ROOT, turn, rounds, (round) => console.error(`round ${round} of ${rounds}`))
writeFileSync(join(ROOT, AUDIT_FILE), auditText(results))
writePages(ROOT)

for (const { what, figure, unit, most, met } of judgeAudit(results)) {
  const said = `${what}: ${figure}${unit} (goal: at most ${most})`
  console.log(said)
  if (met) continue
  console.error(`missed: ${said}`)
  process.exitCode = 1
}
