import fc from 'fast-check'

const CONTAINERS = [
  '',
  '',
  '',
  '> ',
  '- ',
  '1. ',
  '  ',
  '   ',
  '    ',
  '\t',
  '>',
  '* ',
  '> > ',
  '- - ',
  '[^a]: ',
]
const FENCES = ['```', '```', '~~~', '````', '``', '~~~~~', '``` ', '`']
const INFOS = [
  '',
  'rust',
  'cpp',
  'toml Cargo.toml',
  'rust,ignore',
  'text',
  'rust src/lib.rs#part',
  '{.rust}',
  'console',
]
const CODE = [
  'fn main() {}',
  '// src/main.rs',
  '# hidden',
  '#include <string>',
  'mod ffi { unsafe extern "C++" {',
  '} }',
  '#[cxx::bridge]',
  '...',
  '// ...',
  'void f(rust::Box<T> t) {',
  'R"x(',
  "'a'\"",
  '/*',
  '{{#include a.rs:b}}',
  '// ANCHOR: part',
  '[package]',
  '[dependencies]',
  'cxx = "1"',
  '├── src',
  '$ cargo run',
]
const PROSE = [
  '',
  '',
  'Some words.',
  'In `src/lib.rs`:',
  '# Title',
  '## ✗ Bad',
  '===',
  '---',
  '<!--',
  '-->',
  '<div>',
  '</div>',
  '<pre>',
  '| a | b |',
  '|---|---|',
]

const part = (of: readonly string[]) => fc.constantFrom(...of)
const odd = fc.string({ unit: 'binary', maxLength: 8 })
const fence = fc.tuple(part(FENCES), part(INFOS)).map((words) => words.join(''))
const line = fc.tuple(
  part(CONTAINERS),
  fc.oneof({ weight: 4, arbitrary: fence }, part(CODE), part(CODE), part(PROSE), part(PROSE), odd),
)

/** Pages made of what pages are made of, in any order, with any line ends. */
export const documents = fc
  .tuple(
    fc.array(line, { maxLength: 24 }),
    fc.array(part(['\n', '\n', '\n', '\r\n', '\r']), { minLength: 24 }),
  )
  .map(([lines, ends]) => lines.map((words, at) => words.join('') + ends[at]!).join(''))

/** The same with bytes cut out of them, and bytes of any kind. */
export const bytes = fc.oneof(
  fc.tuple(documents, fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([text, at, put]) => {
    const all = Buffer.from(text)
    const cut = all.length === 0 ? 0 : at % all.length
    return Buffer.concat([all.subarray(0, cut), put, all.subarray(cut + 1)])
  }),
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
)

/** What the other formats are made of. */
const MARKUP = [
  ...[
    '.. code-block:: rust',
    '.. note::',
    '..',
    '   :caption: a.rs',
    '   fn indented() {}',
    'Words::',
    '.. literalinclude:: a.rs',
  ],
  ...[
    '[source,rust]',
    '----',
    '....',
    '--',
    '====',
    '////',
    '.a.rs',
    'include::a.rs[tag=b]',
    '== Part',
    ':a: {a}',
    'let a; // <1>',
  ],
  ...[
    '/// ```',
    '/// fn a() {}',
    '//! ```',
    '/**',
    ' * ```',
    ' */',
    '#[doc = "a',
    '#[doc = "```\\nfn a() {}"]',
    'pub fn a() {}',
    'r#"',
  ],
  ...[
    '/** @code',
    ' * @endcode',
    '/// \\code{.cpp}',
    '/// int a;',
    '/// \\endcode',
    '\\snippet a b',
    "'\"'",
    'R"a(',
  ],
  ...[
    '!!! note',
    '    ```rust',
    '=== "a"',
    ':::{code-block} cpp',
    ':::',
    '--8<-- "a"',
    '<<< @/a.rs',
    '{{< highlight rust >}}',
    '{{< /highlight >}}',
    '<Tabs>',
    '{/*',
  ],
]

/** Pages of any format, with any bytes in them. */
export const markup = fc
  .tuple(
    fc.array(
      fc.tuple(
        part(['', '', '', '  ', '    ', '\t', '* ', '/// ']),
        fc.oneof({ weight: 4, arbitrary: part(MARKUP) }, part(CODE), part(PROSE), fence, odd),
      ),
      { maxLength: 24 },
    ),
    part(['\n', '\n', '\r\n', '\r']),
    fc.uint8Array({ maxLength: 3 }),
  )
  .map(([lines, end, put]) =>
    Buffer.concat([Buffer.from(lines.map((words) => words.join('')).join(end)), put]),
  )
