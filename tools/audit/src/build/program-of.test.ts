import { expect, test } from 'vitest'
import { programOf } from './program-of.ts'

const line = (name: string, kind: string, test: boolean, executable: string | null) =>
  JSON.stringify({
    reason: 'compiler-artifact',
    target: { name, kind: [kind] },
    profile: { test },
    executable,
  })

const programs = (...lines: string[]) => programOf(lines.join('\n'), 'guide')

test('what tests a program is not the program, whichever cargo has made first', () => {
  const tests = line('guide', 'bin', true, 'deps/guide-0123')
  const program = line('guide', 'bin', false, 'debug/guide')
  expect(programs(tests, program)).toBe('debug/guide')
  expect(programs(program, tests)).toBe('debug/guide')
  expect(programs(tests)).toBeNull()
})

test('what else cargo says is passed over, and so is what a build script prints', () => {
  const others = ['{', 'warning: unused', '{"reason":"build-script-executed","out_dir":"out"}']
  const compiled = JSON.stringify({ reason: 'compiler-message', target: { name: 'guide', kind: ['bin'] } })
  const program = line('guide', 'bin', false, 'debug/guide')
  expect(programs(...others, compiled, program)).toBe('debug/guide')
})

test('a library, an example and another binary are not the program of a package that has its own', () => {
  const others = [line('guide', 'lib', false, null), line('fetch', 'example', false, 'examples/fetch')]
  const bad = line('bad', 'bin', false, 'debug/bad')
  expect(programs(...others, bad, line('guide', 'bin', false, 'debug/guide'))).toBe('debug/guide')
  expect(programs(...others, bad)).toBe('debug/bad')
  expect(programs(...others)).toBeNull()
})
