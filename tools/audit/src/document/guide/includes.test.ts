import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BOUNDS } from '../bounds.ts'
import { readGuide } from './read.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-includes-'))
  write('secret.rs', 'const SECRET: u8 = 1;\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

async function read(path: string) {
  const { pages, troubles } = await readGuide([path], folder)
  const blocks = pages.flatMap(({ blocks }) => blocks).filter(({ role }) => role !== 'library')
  return {
    code: blocks.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n'),
    unread: blocks.flatMap(({ unread }) => unread ?? []),
    told: troubles.map(({ file, line, message }) => `${file}:${line} ${message}`),
  }
}

/** A page of each format that includes the file at a path, relative to the page. */
const PAGES: Record<string, [file: string, page: (path: string) => string]> = {
  literalinclude: ['a.md', (path) => `\`\`\`{literalinclude} ${path}\n\`\`\`\n`],
  'literalinclude of Sphinx': ['a.rst', (path) => `.. literalinclude:: ${path}\n`],
  'include of AsciiDoc': ['a.adoc', (path) => `----\ninclude::${path}[]\n----\n`],
  'a snippet of MkDocs': ['a.md', (path) => `\`\`\`rust\n--8<-- "${path}"\n\`\`\`\n`],
  'a snippet of VitePress': ['a.md', (path) => `<<< ./${path}\n`],
  'include_str! of rustdoc': ['a.rs', (path) => `#![doc = include_str!("${path}")]\nfn a() {}\n`],
  'a snippet of Doxygen': ['a.h', (path) => `/** \\include ${path}\n */\nint a();\n`],
}

test.each(Object.entries(PAGES))('%s never leaves the folder that is audited', async (_, [file, page]) => {
  for (const path of ['../secret.rs', `${folder}/secret.rs`, 'within/../../secret.rs']) {
    write(`guide/${file}`, page(path))
    const { code, unread, told } = await read(`guide/${file}`)
    expect(code).not.toContain('SECRET')
    // An absolute path is one of the site's.
    expect([...unread, ...told].join()).toMatch(path.startsWith('/') ? /not there|outside/ : /lies outside/)
  }
})

test.each(Object.entries(PAGES))('%s follows no link', async (_, [file, page]) => {
  write('guide/real.rs', 'const SECRET: u8 = 2;\n')
  symlinkSync('../secret.rs', join(folder, 'guide/out.rs'))
  symlinkSync('real.rs', join(folder, 'guide/in.rs'))
  symlinkSync('..', join(folder, 'guide/up'))
  for (const path of ['out.rs', 'in.rs', 'up/secret.rs']) {
    write(`guide/${file}`, page(path))
    const { code, told } = await read(`guide/${file}`)
    expect(code).not.toContain('SECRET')
    expect(told.join()).toMatch(/reached by a link, and no link is followed/)
  }
})

test('what is included over and over is read as far as a guide may go', async () => {
  write('guide/big.rs', `${'x'.repeat(BOUNDS.pageBytes - 2)}\n`)
  write('guide/a.rst', '.. literalinclude:: big.rs\n\n'.repeat(20))
  const { told } = await read('guide')
  expect(told).toHaveLength(12)
  expect(told[0]).toMatch(/includes too much to be read$/)
})

test('a package is read without its links, its other targets and packages within', async () => {
  write('guide/Cargo.toml', '[package]\nname = "a"\n')
  write('guide/src/lib.rs', '/// ```\n/// a::f();\n/// ```\npub fn f() {}\n')
  for (const other of ['tests/t.rs', 'src/main.rs', 'src/bin/b.rs', 'inner/src/lib.rs', 'target/x.rs'])
    write(`guide/${other}`, '')
  write('guide/inner/Cargo.toml', '[package]\nname = "b"\n')
  symlinkSync('../../secret.rs', join(folder, 'guide/src/secret.rs'))
  const { pages } = await readGuide(['guide/src/lib.rs'], folder)
  expect(pages.map(({ file, blocks }) => [file, ...blocks.map(({ attributes: [path] }) => path)])).toEqual([
    ['guide', 'Cargo.toml', 'src/lib.rs'],
    ['guide/src/lib.rs', 'src/main.rs'],
  ])
})

test('a page that another page of the audit includes is read by itself', async () => {
  write('index.adoc', '= All\n\ninclude::first.adoc[]\n\ninclude::absent.adoc[]\n')
  write('first.adoc', '= First\n\n----\nfn a() {}\n----\n')
  const { code, unread } = await read('.')
  expect(code).toContain('fn a() {}')
  expect(unread).toEqual(['it includes absent.adoc as text, which is not followed'])
})
