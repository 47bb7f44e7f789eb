import type { Reporter, TestCase } from 'vitest/node'

/** What vitest says of a runner while somebody watches: each check, as soon as it ends, and what went wrong outside. */
export default class Checks implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.result().state !== 'skipped') console.log(`checked ${test.name}`)
  }

  onTestRunEnd(_: unknown, errors: readonly { message: string }[]): void {
    for (const { message } of errors) console.log(message)
  }
}
