import { expect, test } from 'vitest'
import { panicsIn } from './panic.ts'

test('a panic has a place and a message of some lines', () => {
  const stderr = `
thread 'main' (123) panicked at patterns/a b/src/main.rs:5:30:
assertion \`left == right\` failed
  left: 1
 right: 2
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`
  expect(panicsIn(stderr)).toMatchObject([
    {
      location: { path: 'patterns/a b/src/main.rs', line: 5, column: 30 },
      message: 'assertion `left == right` failed',
      detail: ['  left: 1', ' right: 2'],
    },
  ])
})

test('panics of several threads are told apart', () => {
  const stderr = `thread 'a' panicked at src/a.rs:1:2:\nfirst\nthread 'b' panicked at src/b.rs:3:4:\nsecond\n`
  expect(panicsIn(stderr).map(({ location, message }) => [location.path, message])).toEqual([
    ['src/a.rs', 'first'],
    ['src/b.rs', 'second'],
  ])
})

test('what only speaks of panics is none', () => {
  expect(panicsIn('it panicked at noon:\nterminate called\n')).toEqual([])
})
