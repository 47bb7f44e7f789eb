import type { Outcome } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import type { Bench } from './package.ts'
import type { Program } from './program.ts'
import { runWatched } from './sanitize.ts'

const LINES = {
  asan: `==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55d0 bp 0x7ffd sp 0x7ffc
READ of size 4 at 0x602000000010 thread T0
    #0 0x55d0 in operator new(unsigned long) ../../../../src/libsanitizer/asan/asan_new_delete.cpp:95
    #1 0x55d1 in std::vector<int>::front() /usr/include/c++/12/bits/stl_vector.h:1123
    #2 0x55d2 in late(int) /audit/package/src/late.cc:7
    #3 0x55d3 in main src/main.cc:3:9`,
  // As clang writes it.
  column: '==7==ERROR: AddressSanitizer: double-free on address 0x60\n    #0 0x55 in late() src/late.cc:7:12',
  overflow: 'src/late.cc:7:15: runtime error: signed integer overflow: 1 + 2147483647',
  segv: '==7==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x55d0)',
  leak: '==7==ERROR: LeakSanitizer: detected memory leaks\n    #0 0x55d0 in main (/audit/package/a.out+0x55d0)',
}

/** A program that says nothing, and under sanitizers ends with exit code 1 and these words; `null` cannot be built so. */
function watched(words: string | null, more: Partial<Outcome> = {}, sanitize = true) {
  const end = { stdout: '', stderr: '', truncated: false, durationMs: 1 }
  const run = async ({ program }: { program: string }): Promise<Outcome> =>
    program === 'plain'
      ? ({ kind: 'exited', code: 0, ...end, ...more } as Outcome)
      : { kind: 'exited', code: words === '' ? 0 : 1, ...end, stderr: words ?? '' }
  const bench = {
    dir: '/audit/package',
    room: { folder: '/audit' },
    target: '/audit/target',
    sanitize,
    toolchain: { run },
  } as unknown as Bench
  const program: Program = {
    ...{ path: 'plain', command: 'cargo run', others: [] },
    sanitized: async () => (words === null ? null : 'sanitized'),
  }
  return runWatched(bench, program)
}

test.each([
  ['the first own frame', LINES.asan, 'AddressSanitizer: heap-use-after-free', 'src/late.cc', 7, 1],
  ['its column', LINES.column, 'AddressSanitizer: double-free', 'src/late.cc', 7, 12],
  [
    'the line that is undefined',
    LINES.overflow,
    'UndefinedBehaviorSanitizer: signed integer overflow: 1 + 2147483647',
    'src/late.cc',
    7,
    15,
  ],
])('a report blames %s', async (_, words, message, path, line, column) => {
  expect(await watched(words)).toMatchObject({
    ...{ good: false, ending: `ended with ${message}` },
    blamed: { path, line, column, message },
  })
})

test.each([
  [LINES.segv, 'AddressSanitizer: SEGV'],
  [LINES.leak, 'LeakSanitizer: detected memory leaks'],
])('one that names no line of the package blames none: %s', async (words, message) => {
  expect(await watched(words)).toMatchObject({ ending: `ended with ${message}`, blamed: null })
})

test('without a sanitizer’s report, how the program ended is reported', async () => {
  expect(await watched('out of ports')).toMatchObject({ good: false, ending: 'ended with exit code 1' })
  const good = await watched('')
  expect([good.good, good.unwatched]).toEqual([true, undefined])
})

test('what cannot be built with sanitizers is unwatched', async () => {
  expect(await watched(null)).toMatchObject({ good: true, unwatched: true })
})

test('what ends badly by itself, and what nobody asks to watch, is not run again', async () => {
  expect(await watched(LINES.asan, { kind: 'exited', code: 3 })).toMatchObject({
    ending: 'ended with exit code 3',
  })
  expect(await watched(LINES.asan, {}, false)).toMatchObject({ good: true })
})
