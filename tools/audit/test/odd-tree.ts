import { isUtf8 } from 'node:buffer'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { bytes, documents } from './documents.ts'

/** What lies in a folder that somebody else filled, by what it is. */
type Thing =
  | { kind: 'page'; content: Uint8Array | string }
  | { kind: 'link'; target: string }
  | { kind: 'long'; of: string }
  | { kind: 'pipe' | 'sparse' | 'locked' | 'folder' }

export type OddTree = readonly { name: Buffer; thing: Thing }[]

const NAMES = [
  ...[
    'a.md',
    'b.markdown',
    'README.md',
    '::error::a.md',
    '::stop-commands::b.md',
    '%0A::error::c.md',
    ']]>.md',
  ],
  ...[
    '`a|b`.md',
    '<img src=x>.md',
    '\u001b[31m.md',
    '\u001b]0;a\u0007.md',
    '\u202egpj.md',
    'a\n::error::d.md',
  ],
  ...[
    '##[error]e.md',
    '--help.md',
    '*.md',
    '[a].md',
    '{a,b}.md',
    ' .md',
    `${'n'.repeat(251)}.md`,
    '\u{1f600}.md',
  ],
  ...[
    'book.toml',
    'SUMMARY.md',
    'src/SUMMARY.md',
    'src/a.md',
    'src/code.rs',
    'd/e/f/g.md',
    'lib.rs',
    'page.adoc',
  ],
].map((name) => Buffer.from(name))
const NO_TEXT = [[0xff, 0xfe], [0xc3], [0xed, 0xa0, 0x80]].map((odd) =>
  Buffer.concat([Buffer.from(odd), Buffer.from('.md')]),
)
const TARGETS = [
  '/etc/passwd',
  '..',
  '.',
  'a.md',
  'nowhere',
  '../outside/secret.md',
  '/dev/zero',
  '/proc/self/environ',
]
const WORDS = [
  ...[
    '# ::error::heading\n',
    '- [a](a.md)\n',
    '- [b](%zz)\n',
    '[c](../outside/secret.md)\n',
    '[d](src/a.md)\n',
  ],
  ...[
    '[e](::error::a.md)\n',
    'src = "../outside"\n',
    '[book]\n',
    '[output.html.code.hidelines]\nrust = "~"\n',
  ],
  ...[
    '```rust\n{{#include ../outside/secret.md}}\n```\n',
    '```rust\n{{#include code.rs:a}}\n```\n',
    '```\n$ cargo run\n\u001b[31m::error::b\n```\n',
  ],
  ...[
    '```constructor\na\n```\n',
    '```__proto__\n[package]\n```\n',
    '```toml\n[package]\nname = "(a+)+$"\n```\n',
    '```rust\nuse __proto__::constructor;\n```\n',
  ],
  ...[
    '```rust\n// ../../outside/a.rs\nfn main() {}\n```\n',
    '```rust\n// /tmp/a.rs\nfn main() {}\n```\n',
    '```cpp\n#include "../../../outside/a.h"\nint main() {}\n```\n',
  ],
]

const page = fc
  .oneof({ weight: 2, arbitrary: documents }, bytes, {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join('')),
  })
  .map((content): Thing => ({ kind: 'page', content }))
const thing = fc.oneof(
  { weight: 8, arbitrary: page },
  fc.constantFrom(...TARGETS).map((target): Thing => ({ kind: 'link', target })),
  fc.constantFrom<Thing>(
    { kind: 'long', of: '\n' },
    { kind: 'long', of: 'x' },
    { kind: 'pipe' },
    { kind: 'sparse' },
    { kind: 'locked' },
    { kind: 'folder' },
  ),
)
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.constantFrom(...NO_TEXT))

/** Not all that makes a thing takes a name that is no text. */
const isMade = ({ name, thing }: OddTree[number]) =>
  isUtf8(name) || ['page', 'long', 'link', 'folder'].includes(thing.kind)

/** Folders of pages with random bytes, names and links. */
export const oddTrees: fc.Arbitrary<OddTree> = fc.array(fc.record({ name, thing }).filter(isMade), {
  minLength: 1,
  maxLength: 12,
})

/** Makes a folder of it; what cannot be made beside what is there already is left out. */
export function plant(tree: OddTree, folder: string): void {
  for (const { name, thing } of tree) {
    const path = Buffer.concat([Buffer.from(`${folder}/`), name])
    try {
      mkdirSync(join(folder, name.toString('latin1'), '..'), { recursive: true })
      make(thing, path)
    } catch (error) {
      if (!['EEXIST', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO'].includes((error as NodeJS.ErrnoException).code!))
        throw error
    }
  }
}

function make(thing: Thing, path: Buffer): void {
  if (thing.kind === 'page') writeFileSync(path, thing.content, { flag: 'wx' })
  else if (thing.kind === 'long') writeFileSync(path, thing.of.repeat(1_100_000), { flag: 'wx' })
  else if (thing.kind === 'link') symlinkSync(thing.target, path)
  else if (thing.kind === 'folder') mkdirSync(path)
  else if (thing.kind === 'pipe') {
    // mkfifo itself does not say that something is there already.
    writeFileSync(path, '', { flag: 'wx' })
    rmSync(path)
    execFileSync('mkfifo', ['--', path.toString()], { stdio: 'ignore' })
  } else {
    writeFileSync(path, '# a\n', { flag: 'wx' })
    if (thing.kind === 'sparse') truncateSync(path.toString(), 3 * 1024 ** 3)
    else chmodSync(path, 0)
  }
}
