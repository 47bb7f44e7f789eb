import type { Hostile } from './growth.ts'

const times = (part: string, characters: number) =>
  part.repeat(Math.max(1, Math.ceil(characters / part.length)))

/** What opens and is never closed, what nearly fits a pattern, and what is blank, each as often as there is room. */
const PARTS = [
  ...[
    ' ',
    '\t',
    '\n',
    '\n\n',
    ' \n',
    'a',
    '1',
    '_',
    ':',
    '::',
    '.',
    '/',
    '#',
    '"',
    "'",
    '`',
    '` ',
    '\\"',
    '\u{1f600}',
    '\0',
  ],
  ...['(', '{', '[', '<', '()', '{}', '( a ', '[[a]]', '{...}\n', '...\n', '…\n', '{ /* ...'],
  ...[
    '/*',
    '/*\n',
    '/* */\n',
    '//\n',
    '// ====',
    '// a.rs',
    '// a.rs\n',
    '// src/main.rs: a\n',
    '# a\n',
    '#\n',
    '# # ',
  ],
  ...['r#"', 'r##"', 'R"x(', 'R"', 'R"(', '"\\', "'\\u{"],
  ...[
    'fn a(){}\n',
    'fn a() {',
    'pub(',
    'mod a;\n',
    'use a::{',
    'let a = {}',
    'a::',
    '#[a',
    '#![a]',
    'impl a\n',
    'const ',
  ],
  ...[
    'namespace a {\n',
    'template<',
    'struct a {};\n',
    'operator ',
    ')->',
    ')   ',
    '=   ',
    'a(',
    'catch ',
    'a<',
    'extern "C" {',
  ],
  ...[
    '#include "a.h"\n',
    '#ifndef A\n',
    '#pragma\n',
    '[package]\n',
    'a = {\n',
    'name = "\n',
    'a = "\n',
    'add_library(',
    'include_directories(a ',
  ],
  ...[
    '<',
    '<\n',
    '<!--',
    '<!--\n',
    '-->',
    '<a>',
    '[a](',
    '![',
    '[a][',
    '**',
    '*a',
    '> ',
    '>\n',
    '- ',
    '- a\n',
    '1. a\n',
    'a\n===\n',
    '~~~ ;\n',
    '``` a ',
    '[^a]: ',
  ],
  ...[
    '|    ',
    '│   ├── a\n',
    '├── a\n',
    '$ cargo run\n',
    'error: ',
    'prints ',
    'prints. ',
    'does not ',
    '. A',
    'a   ',
    'BAD ',
    '`cargo ',
  ],
  ...['{{#include a}}\n', '// ANCHOR: a\n', '\r', '\u2028', '&', 'a, ', 'a=" '],
]

const FENCED = ['rust', 'cpp', 'toml', 'cmake', 'text', 'console', '']

/** Pages by what fills them: for each part every kind of page. */
export function hostilePages(): [string, Hostile][][] {
  return PARTS.map((part): [string, Hostile][] => {
    const flat = part.replaceAll('\n', ' ')
    return [
      [
        `prose of ${JSON.stringify(part)}`,
        (size) => `${times(part, size)}\n~~~rust\nfn main() {}\n~~~\n${times(part, size)}`,
      ],
      [
        `a heading of ${JSON.stringify(part)}`,
        (size) => `# ${times(flat, size)}\n~~~rust\nfn main() {}\n~~~\n`,
      ],
      [
        `an info string of ${JSON.stringify(part)}`,
        (size) => `~~~rust ${times(flat, size)}\nfn main() {}\n~~~\n`,
      ],
      ...FENCED.map((lang): [string, Hostile] => [
        `${lang || 'unnamed'} blocks of ${JSON.stringify(part)}`,
        (size) =>
          Array.from(
            { length: Math.ceil(size / BLOCK) },
            () => `~~~${lang}\n${times(part, Math.min(size, BLOCK))}\n~~~\n`,
          ).join(''),
      ]),
      [`a block for each ${JSON.stringify(part)}`, (size) => times(`~~~rust\n${part}\n~~~\n`, size)],
    ]
  })
}

/** As much as a block may hold to be tried. */
const BLOCK = 96 * 1024

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

/** What programs print, by what it is made of. */
export const hostileOutput = (): [string, Hostile][] =>
  SAID.map((part) => [JSON.stringify(part.slice(0, 60)), (size) => times(part, size)])
