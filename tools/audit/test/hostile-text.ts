import type { Hostile } from './growth.ts'

export const times = (part: string, characters: number) =>
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
