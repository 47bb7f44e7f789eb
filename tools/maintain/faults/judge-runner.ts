import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readEvidence } from '@cookbook/evidence'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import type { Found } from './finding.ts'

const LIMIT_MS = 15 * 60_000

/** What the runner of the pattern in `dir` says, as `npm run verify` starts it. */
export function judgeByRunner(dir: string): Found[] {
  const runner = ['vitest', 'run', '--config', '../../tools/harness/vitest.config.ts']
  rmSync(join(dir, EVIDENCE_FILE), { force: true })
  const env = { ...process.env, TOOLCHAIN: 'host' }
  const { stderr } = spawnSync('npx', runner, {
    cwd: dir,
    env,
    timeout: LIMIT_MS,
    stdio: 'pipe',
    encoding: 'utf8',
  })
  const evidence = readEvidence(dir)
  if (evidence === null) throw new Error(`the runner of ${dir} left no evidence: ${stderr}`)
  return evidence.findings.map(({ file, line, code, message }) => ({ file, line, code, message }))
}
