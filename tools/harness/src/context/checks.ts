import { type Finding, showFinding } from '@cookbook/guide'
import { test } from 'vitest'
import type { Seen } from './recorder.ts'
import type { Verification } from './verification.ts'

/** What one check found and saw; a reason instead of findings when it cannot run here. */
export type Checked = ({ findings: readonly Finding[] } | { skipped: string }) & Seen

/** `alone` runs it when the others are done; `about` are the paths for whose state its findings speak. */
export type CheckOptions = { alone?: boolean; about?: readonly string[] }

/**
 * Registers one check as a vitest test of its own and records its result under `name`, by which claims find it. The
 * processes that a check runs have time limits, so the test itself has none. Checks run side by side.
 */
export function check(
  { recorder }: Verification,
  name: string,
  body: () => Promise<Checked>,
  { alone = false, about = [] }: CheckOptions = {},
): void {
  const { state, find } = recorder.register(name)
  test(name, { timeout: 0, concurrent: !alone }, async ({ skip }) => {
    const started = performance.now()
    const end = (result: 'passed' | 'failed' | 'skipped', reason: string | null) =>
      state({ result, reason, durationMs: Math.round(performance.now() - started) })
    end('failed', 'did not end')
    recorder.attempt(about)
    const checked = await body()
    recorder.see(checked)
    if ('skipped' in checked) {
      end('skipped', checked.skipped)
      skip(checked.skipped)
      return
    }
    find(checked.findings)
    const errors = checked.findings.filter(({ severity }) => severity === 'error')
    end(errors.length === 0 ? 'passed' : 'failed', null)
    if (errors.length > 0) throw failure(errors)
  })
}

/** An error that vitest shows as the findings alone, without a stack of our own code. */
export function failure(findings: readonly Finding[]): Error {
  const error = new Error(`\n${findings.map(showFinding).join('\n')}`)
  error.stack = error.message
  return error
}
