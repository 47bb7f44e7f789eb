import type { FloorName, Tool } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { describeTools } from '../src/describe-tools.ts'

test('what a cell has is told in versions: its compilers, and what is named', () => {
  const tool = (name: FloorName, program: string, version: string): Tool => ({
    name,
    program,
    version,
    output: '',
  })
  const tools = [
    tool('rustc', 'rustc', '1.95.0'),
    tool('clang++', 'clang++-19', '19.1.7'),
    tool('make', 'make', '4.3'),
    tool('valgrind', 'valgrind', '3.19.0'),
  ]
  expect(describeTools(tools)).toBe('rustc 1.95.0, clang++-19 19.1.7')
  expect(describeTools(tools, 'valgrind')).toBe('rustc 1.95.0, clang++-19 19.1.7, valgrind 3.19.0')
})
