/**
 * `npm run bench:audit`: measures how long an audit takes, keeps it in docs/data/audit.json and writes
 * docs/measurements.md again. Exit code 1 when a goal is missed.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { COMMANDS } from '../../commands.ts'
import { pages } from '../../measurements/pages.ts'
import { readKept } from '../figures/kept.ts'
import '@cookbook/cli/unread'
import { judgeAudit } from './judge.ts'
import { AUDIT_FILE, auditText } from './kept.ts'
import { readOften } from './often.ts'
import { run } from './run.ts'
import { grantedTurn } from './turn.ts'

const ROOT = join(import.meta.dirname, '../../../..')

const often = readOften(process.env)
if (often.kind === 'refused') leave(COMMANDS['bench:audit'], often)
const rounds = often.number
const { turn, refused } = grantedTurn()
if (turn === 'ordinary')
  console.error(`without a real-time priority (${refused}): measure on a quiet machine`)
const kept = run(ROOT, turn, rounds, (round) => console.error(`round ${round} of ${rounds}`))
writeFileSync(join(ROOT, AUDIT_FILE), auditText(kept))
for (const { path, text } of pages(ROOT, readKept(ROOT))) writeFileSync(join(ROOT, path), text)

for (const { what, figure, unit, most, met } of judgeAudit(kept)) {
  const said = `${what}: ${figure}${unit} (goal: at most ${most})`
  console.log(said)
  if (met) continue
  console.error(`missed: ${said}`)
  process.exitCode = 1
}
