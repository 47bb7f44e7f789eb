import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EVIDENCE_FILE, type Evidence } from '@cookbook/harness/evidence'
import type { Found } from './finding.ts'

const LIMIT_MS = 15 * 60_000

/** What the runner of the pattern in `dir` says, as `npm run verify` starts it. */
export function judgeByRunner(dir: string): Found[] {
  const runner = ['vitest', 'run', '--config', '../../tools/harness/vitest.config.ts']
  const file = join(dir, EVIDENCE_FILE)
  rmSync(file, { force: true })
  const env = { ...process.env, TOOLCHAIN: 'host' }
  const { stderr } = spawnSync('npx', runner, {
    cwd: dir,
    env,
    timeout: LIMIT_MS,
    stdio: 'pipe',
    encoding: 'utf8',
  })
  try {
    const { findings }: Evidence = JSON.parse(readFileSync(file, 'utf8'))
    return findings.map(({ file, line, code, message }) => ({ file, line, code, message }))
  } catch {
    throw new Error(`the runner of ${dir} left no evidence: ${stderr}`)
  }
}
