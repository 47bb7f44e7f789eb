import type { Hostile } from './growth.ts'
import { times } from './hostile-text.ts'

const SAID = [
  ...[
    '\n',
    ' ',
    ' \n',
    'x',
    `${'x'.repeat(99)}\n`,
    ':',
    '1:',
    'a:1:1: ',
    'a:1:',
    '{',
    '{}\n',
    '[',
    '`',
    "'",
    '‘a',
    '(',
    '/',
    'a/b.rs ',
  ],
  ...[
    'error: ',
    'error: a\n',
    'error[cxxbridge]: a\n',
    '┌─ ',
    '┌─ a:1:1\n',
    '--> ',
    '--> Cargo.toml:1:1\n',
    '1 | a\n',
  ],
  ...[
    'a.cc:1:1: error: a\n',
    'a.cc:1:1: error: ‘a',
    '/usr/a:1:1: error: a\n',
    'In file included from a.h:1\n',
    '/usr/a:1:1: required from\n',
    'a.cc:1:1: note: a\n',
  ],
  ...[
    'panicked at ',
    'panicked at build.rs:1:1:\n',
    'panicked at a:1:1:\n',
    'warning: a',
    'cargo:warning=',
    'no matching package named `',
    'package `a',
    'No such file or directory',
    'a.cc: No such file or directory\n',
  ],
  ...[
    'undefined reference to `',
    'undefined symbol: a\n',
    ": Assertion `a' failed.\n",
    ': a:1: ',
    ': a:1: a: Assertion `',
    ': runtime error: ',
    'ERROR: AddressSanitizer: ',
    '==1==ERROR: AddressSanitizer: a on address\n',
    '    #0 0x1 in a ',
    '    #0 0x1 in a b.cc:1\n',
  ],
  ...[
    'CMake Error at CMakeLists.txt:1:\n',
    'Could NOT find ',
    '{"reason":"compiler-message","message":{"level":"error"}}\n',
    '{"level":"error","message":"a","spans":[{"expansion":{"span":',
    '{"reason":"compiler-artifact","target":{}}\n',
    '...\n',
    '\0',
    '\x1b[',
    '\u202e',
  ],
]

/** What is looked at more closely when it is there. */
const BEFORE = [
  '',
  '==1==ERROR: AddressSanitizer: a on address 0x1\n',
  '/usr/a:1:1: error: a\n',
  'error: a\n',
]

/** What programs print, by what it is made of. */
export const hostileOutput = (): [string, Hostile][] =>
  BEFORE.flatMap((before) =>
    SAID.map((part): [string, Hostile] => [
      JSON.stringify(before + part.slice(0, 60)),
      (size) => before + times(part, size),
    ]),
  )
