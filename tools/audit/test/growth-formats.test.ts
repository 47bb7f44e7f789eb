import { describe, expect, test } from 'vitest'
import { readAsciidoc } from '../src/document/asciidoc/page.ts'
import { isIncluding, textRows } from '../src/document/inclusion.ts'
import { readPage } from '../src/document/markdown/page.ts'
import type { ReadPage } from '../src/document/read-rows.ts'
import { readDoxygen } from '../src/document/source/doxygen.ts'
import { readRustdoc } from '../src/document/source/rustdoc.ts'
import { readRstPage } from '../src/document/sphinx/page.ts'
import { growth, PAGE, type Reads } from './growth.ts'
import { times } from './hostile-text.ts'

/** What the syntax of the formats is made of, each as often as there is room: it opens, nearly fits, or is blank. */
const PARTS = [
  ...[
    ' ',
    '\t',
    '\n',
    ' \n',
    'a',
    'a\n',
    '\0',
    '\r',
    '\u{1f600}',
    '"',
    "'",
    '`',
    '\\',
    '\\\n',
    '#',
    '-',
    ':',
    '[',
    '{',
    '<',
    '(',
    '/',
  ],
  ...['```{note}\n', '````{note}\n```{tip}\n', ':::{code-block} a\n', '::: a\n', '{a}', ':a: b\n', '---\n'],
  ...[
    '!!! note\n    ',
    '??? tip "',
    '=== "a"\n',
    '=== "',
    '--8<-- "a"\n',
    '-8<-',
    '{! a',
    '<<< a\n',
    '<<< @/a#b{',
    '{{< highlight a >}}\n',
  ],
  ...[
    '{{< a ',
    '{{% code\n',
    '<Tabs>\n',
    '{/*\n',
    '<CodeBlock ',
    'import a\n',
    '```a {1,',
    '```a [b',
    '```a {title="',
  ],
  ...[
    '.. a::\n',
    '.. code-block:: a\n\n  b\n',
    '..\n',
    '.. |a| b::\n',
    'a::\n\n',
    'a::\n\n  b\n',
    ' .. note::\n',
    '====\n',
    'a\n=\n',
    ':file:`a` ',
  ],
  ...[
    '----\n',
    '....\n',
    '[source]\n',
    '[a,',
    '[a="',
    '.a\n',
    ':a: {a}{a}\n',
    '{a}',
    'include::a[]\n',
    '<1> ',
    '// <1>',
    '== a\n',
    'a\n-\n',
    '|===\n',
    '////\n',
    'ifdef::a[]\n',
    '// tag::a[]\n',
  ],
  ...[
    '/// a\n',
    '/// ```\n',
    '//! a\n',
    '/**\n',
    '/** * ',
    '/*/*',
    '*/',
    '#[doc = "',
    '#[doc = "a"]\n',
    '#![doc = include_str!("',
    '#[cfg_attr(a,',
    'r#"',
    "'a",
    'macro_rules! a {',
    'fn a() {}\n',
  ],
  ...[
    '/** @code\n',
    '@code\n',
    '@endcode\n',
    '\\snippet a b\n',
    '/// \\code\n',
    'R"a(',
    '///< a\n',
    '/** */ a;\n',
    '@verbatim\n',
  ],
]

/** `npm run fuzz` reads longer ones. */
const MOST = process.env.FUZZ_DOCUMENTS === undefined ? PAGE / 8 : PAGE

const markdown = (text: string) => readPage(text, 'page.md')
const READERS: Record<string, (text: string) => ReadPage | Promise<ReadPage>> = {
  Markdown: markdown,
  MDX: (text) => readPage(text, 'page.mdx', { mdx: true }),
  reStructuredText: (text) => readRstPage(text, 'page.rst'),
  AsciiDoc: (text) => readAsciidoc(text, 'page.adoc'),
  Doxygen: (text) => readDoxygen(text, 'page.h'),
  'a comment of Doxygen': (text) => readDoxygen(`/**\n${text.replaceAll('*/', '')}\n*/`, 'page.h'),
  rustdoc: (text) => readRustdoc(text, 'page.rs', '/page.rs', async () => ({ kind: 'missing', message: '' })),
  'a comment of rustdoc': (text) =>
    readRustdoc(text.replaceAll(/^/gm, '/// '), 'page.rs', '/page.rs', async () => ({
      kind: 'missing',
      message: '',
    })),
}

describe.each(Object.entries(READERS))('%s', (_, reader) => {
  const reads: Reads = (text) => void reader(text)

  test('is read in a time that grows with the page, whatever it is made of', { timeout: 1_200_000 }, () => {
    for (const part of PARTS) reads(times(part, PAGE / 64))
    const slow = PARTS.flatMap((part) => {
      const found = growth(reads, (size) => times(part, size), MOST)
      return found === null ? [] : [`${JSON.stringify(part)}: ${found}`]
    })
    expect(slow).toEqual([])
  })
})

/** Blocks that include a part of a file, in each way of choosing it. */
const INCLUDING: Record<string, () => ReadPage> = {
  'literalinclude by lines': () => markdown('```{literalinclude} a\n:lines: 1-9,2-\n```\n'),
  'literalinclude by text': () =>
    markdown('```{literalinclude} a\n:start-after: zz\n:end-before: yy\n:dedent:\n```\n'),
  'a section of MkDocs': () => markdown('```rust\n--8<-- "a:b"\n```\n'),
  'a region of VitePress': () => markdown('<<< ./a#b\n'),
  'tags of AsciiDoc': () => readAsciidoc('----\ninclude::a[tags=a;!b;**,indent=0]\n----\n', 'a.adoc'),
  'a snippet of Doxygen': () => readDoxygen('/** \\snippet a b\n*/', 'a.h'),
}

test.each(Object.entries(INCLUDING))(
  'what %s chooses is found in a time that grows with the file',
  { timeout: 1_200_000 },
  (_, page) => {
    const lines = page()
      .page.blocks.flatMap(({ lines }) => lines)
      .filter(isIncluding)
    expect(lines).toHaveLength(1)
    const reads: Reads = (text) => void lines[0]!.inclusion.select(textRows(text, 'a'), 'a')
    const marks = ['// --8<-- [start:b]\n', '// #region b\n', '//! [b]\n', 'zz\n', '// ANCHOR: b\n']
    const slow = [...PARTS, ...marks].flatMap((part) => {
      const found = growth(reads, (size) => times(part, size), MOST)
      return found === null ? [] : [`${JSON.stringify(part)}: ${found}`]
    })
    expect(slow).toEqual([])
  },
)
