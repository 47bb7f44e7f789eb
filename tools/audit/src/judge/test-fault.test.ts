import { expect, test } from 'vitest'
import { shown, tried } from '../../test/tried.ts'
import { type TestRun, testRun } from '../build/tests.ts'
import { judge } from './judge.ts'

const PAGE = shown(
  '```rust src/lib.rs\n#[test]\nfn weighs() {\n    assert_eq!(1, 2);\n}\n\n#[test]\nfn tares() {}\n```\n',
)
const HEAD = '\nrunning 2 tests\ntest tares ... ok\ntest weighs ... FAILED\n\nfailures:\n\n'

function ended(stdout: string, code = 101): TestRun {
  const rest = { stderr: '', truncated: false, durationMs: 1 } as const
  return testRun({ kind: 'exited', code, stdout, ...rest })
}

const judged = (run: TestRun) => judge(PAGE.snippet, PAGE.block, tried([PAGE.snippet], { tested: [run] }))

test('tests that pass are said to', () => {
  const run = ended('\nrunning 2 tests\ntest tares ... ok\ntest weighs ... ok\n', 0)
  expect(judged(run)).toMatchObject({ verdict: 'runs', reason: 'it builds as it is, and its tests pass' })
})

test('tests of which none was started are not', () => {
  expect(judged(ended('\nrunning 0 tests\n', 0)).verdict).toBe('builds')
})

test('one that panics fails at its line', () => {
  const panic = `thread 'weighs' (7) panicked at src/lib.rs:3:5:\nassertion failed\n`
  expect(judged(ended(`${HEAD}---- weighs stdout ----\n\n${panic}`))).toMatchObject({
    verdict: 'fails',
    error: { line: 4, column: 5, message: 'its test `weighs` panics: assertion failed' },
  })
})

test('one that returns an error fails at its function', () => {
  expect(judged(ended(`${HEAD}---- weighs stdout ----\nError: "too light"\n`))).toMatchObject({
    verdict: 'fails',
    error: { line: 3, message: 'its test `weighs` fails: Error: "too light"' },
  })
})

test('what a test that passed prints of a failure is believed of none', () => {
  const forged = `---- weighs stdout ----\n\nthread 'weighs' panicked at src/lib.rs:3:5:\nno\n`
  expect(judged(ended(forged, 0)).verdict).not.toBe('fails')
})

test('where the program of tests is ended, the first that did not pass is named', () => {
  const run = { ...ended(HEAD), good: false, failed: [], ending: 'was ended by SIGABRT' }
  const outcome = { ...run.outcome, kind: 'signaled', signal: 'SIGABRT' } as TestRun['outcome']
  const passed = new Set(['weighs'])
  expect(judged({ ...run, outcome, passed })).toMatchObject({
    verdict: 'fails',
    error: { line: 8, message: 'the program of its tests was ended by SIGABRT' },
  })
})
