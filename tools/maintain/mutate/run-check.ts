import { spawnSync } from 'node:child_process'
import { readEvidence } from '@cookbook/evidence'

/** What became of the one check that was asked for. A mutation that does not compile says nothing of a test. */
export type Check = { kind: 'red' | 'green' | 'unbuilt' | 'skipped'; why: string }

const LIMIT_MS = 15 * 60_000

/** Runs the runner of the pattern in `dir` with one check alone, named as claims name it. */
export function runCheck(dir: string, claim: string): Check {
  const exactly = `^${claim.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
  const runner = [
    'vitest',
    'run',
    '--config',
    '../../tools/harness/vitest.config.ts',
    '--testNamePattern',
    exactly,
  ]
  const env = { ...process.env, TOOLCHAIN: 'host' }
  spawnSync('npx', runner, { cwd: dir, env, timeout: LIMIT_MS, stdio: 'ignore' })
  const { checks, findings } = readEvidence(dir) ?? { checks: [], findings: [] }
  const check = checks.find(({ name }) => name === claim)
  const unbuilt = findings.find(({ code }) => code === 'build-failed')
  if (check?.result === 'failed')
    return { kind: 'red', why: findings.find(({ code }) => code !== 'claim-unproved')?.message ?? '' }
  if (unbuilt !== undefined) return { kind: 'unbuilt', why: unbuilt.message }
  if (check?.result === 'skipped') return { kind: 'skipped', why: check.reason ?? '' }
  return { kind: 'green', why: check === undefined ? 'the check did not run' : `the check ${check.result}` }
}
