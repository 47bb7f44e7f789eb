import type { Reporter, TestCase } from 'vitest/node'
import { eventLine } from './events.ts'

/** What vitest says of a runner while somebody watches: each check, as soon as it ends, and what went wrong outside. */
export default class Checks implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'skipped') console.log(eventLine({ event: 'checked', name: test.name }))
  }

  onTestRunEnd(_: unknown, errors: readonly { message: string }[]): void {
    for (const { message } of errors) console.log(message)
  }
}
