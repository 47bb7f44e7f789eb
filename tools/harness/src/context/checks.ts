import { type Finding, showFinding } from '@cookbook/guide'
import { test } from 'vitest'
import type { Verification } from './verification.ts'

/** What one check found; a reason instead when it cannot run here. */
export type Checked = { findings: readonly Finding[] } | { skipped: string }

/** Of a check that was registered and has not begun. */
export const NOT_RUN = 'did not run'

/**
 * Registers one check as a vitest test of its own and keeps its result as evidence under `key`, by which claims
 * find it. The processes that a check runs have time limits, so the test itself has none. Checks run side by side,
 * `alone` ones one after another when the others are done.
 */
export function check(
  verification: Verification,
  key: string,
  body: () => Promise<Checked>,
  { alone = false } = {},
): void {
  const found: Finding[] = []
  verification.found.push(found)
  verification.checks.set(key, { name: key, result: 'failed', reason: NOT_RUN, durationMs: 0 })
  test(key, { timeout: 0, concurrent: !alone }, async ({ skip }) => {
    const started = performance.now()
    const keep = (result: 'passed' | 'failed' | 'skipped', reason: string | null) =>
      verification.checks.set(key, {
        name: key,
        result,
        reason,
        durationMs: Math.round(performance.now() - started),
      })
    keep('failed', 'did not end')
    const checked = await body()
    if ('skipped' in checked) {
      keep('skipped', checked.skipped)
      skip(checked.skipped)
      return
    }
    found.push(...checked.findings)
    const errors = checked.findings.filter(({ severity }) => severity === 'error')
    keep(errors.length === 0 ? 'passed' : 'failed', null)
    if (errors.length > 0) throw failure(errors)
  })
}

/** An error that vitest shows as the findings alone, without a stack of our own code. */
export function failure(findings: readonly Finding[]): Error {
  const error = new Error(`\n${findings.map(showFinding).join('\n')}`)
  error.stack = error.message
  return error
}
