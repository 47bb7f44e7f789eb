import { expect, test } from 'vitest'
import { memoryError } from './memory.ts'

const VALGRIND = `==7== Thread 2 words:
==7== Invalid read of size 1
==7==    at 0x1: count_words(rust::Str) (/w/patterns/tally/src/tally.cc:14)
==7==    by 0x2: main (in /usr/bin/tally)
==7==  Address 0x3 is 17 bytes inside a block of size 23 free'd`
const LEAK = `==7== 1,032 (32 direct, 1,000 indirect) bytes in 1 blocks are definitely lost in loss record 1 of 4
==7==    at 0x1: operator new(unsigned long) (in /usr/libexec/valgrind/memcheck.so)
==7==    by 0x2: count_words(rust::Str) (/w/src/tally.cc:9)`
const ASAN = `=================================================================
==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x1 at pc 0x2 bp 0x3 sp 0x4
READ of size 1 at 0x1 thread T1
    #0 0x2 in count_words(rust::Str) src/tally.cc:14
    #1 0x5 in start (/lib/libc.so.6+0x1) (BuildId: a)`
const LSAN = `==7==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 32 byte(s) in 1 object(s) allocated from:
    #0 0x1 in operator new(unsigned long) ../asan_new_delete.cpp:95
    #1 0x2 in count_words(rust::Str) /w/src/tally.cc:9:14`
const UBSAN = `src/tally.cc:24:8: runtime error: signed integer overflow: 1 + 2 cannot be represented
    #0 0x1 in longest_word(rust::Str) src/tally.cc:24`

test.for([
  ['valgrind', VALGRIND, 'Invalid read of size 1', '/w/patterns/tally/src/tally.cc:14:1'],
  [
    "valgrind's leaks",
    LEAK,
    '1,032 (32 direct, 1,000 indirect) bytes in 1 blocks are definitely lost',
    '/w/src/tally.cc:9:1',
  ],
  ['AddressSanitizer', ASAN, 'AddressSanitizer: heap-use-after-free', 'src/tally.cc:14:1'],
  ['LeakSanitizer', LSAN, 'LeakSanitizer: detected memory leaks', '../asan_new_delete.cpp:95:1'],
  [
    'UBSan',
    UBSAN,
    'runtime error: signed integer overflow: 1 + 2 cannot be represented',
    'src/tally.cc:24:8',
  ],
])('%s', ([, stderr, message, first]) => {
  const report = memoryError(`running 1 test\nbaa\n${stderr}\n`)!
  expect(report.message).toBe(message)
  const { path, line, column } = report.location!
  expect(`${path}:${line}:${column}`).toBe(first)
})

test('frames go outwards', () => {
  const { location, related } = memoryError(LSAN)!
  expect([location!, ...related].map(({ path, column }) => [path, column])).toEqual([
    ['../asan_new_delete.cpp', 1],
    ['/w/src/tally.cc', 14],
  ])
})

test('a test that only fails has no report', () => {
  expect(memoryError("thread 'a' panicked at tests/a.rs:1:2:\nno\n==> Apples (a.rs:1)\n")).toBeNull()
})
