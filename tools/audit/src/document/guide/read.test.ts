import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BOUNDS } from '../bounds.ts'
import { readGuide } from './read.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cookbook-read-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const PAGE = '# A page\n\n```rust\nfn main() {}\n```\n'

function write(name: string | Buffer, text = PAGE): void {
  const path = Buffer.concat([Buffer.from(`${folder}/guide/`), Buffer.from(name)])
  mkdirSync(dirname(path.toString('latin1')), { recursive: true })
  writeFileSync(path, text)
}

async function read(...args: string[]) {
  const { pages, troubles } = await readGuide(args.length === 0 ? ['guide'] : args, folder)
  return {
    pages: pages.map(({ file }) => file),
    reported: troubles.map(({ file, line, message }) => `${file}:${line} ${message}`),
  }
}

test('what is no regular file is named, and never opened', async () => {
  write('a.md')
  execFileSync('mkfifo', [join(folder, 'guide/pipe.md')])
  symlinkSync('/dev/zero', join(folder, 'guide/zero.md'))
  symlinkSync('..', join(folder, 'guide/loop'))
  writeFileSync(join(folder, 'secret.md'), PAGE)
  symlinkSync('../secret.md', join(folder, 'guide/secret.md'))
  symlinkSync('a.md', join(folder, 'guide/same.md'))
  const { pages, reported } = await read()
  expect(pages).toEqual(['guide/a.md', 'guide/same.md'])
  expect(reported.sort()).toEqual([
    'guide/pipe.md:1 guide/pipe.md is no regular file',
    'guide/secret.md:1 guide/secret.md is a link that leads out of its folder, or nowhere',
    'guide/zero.md:1 guide/zero.md is a link that leads out of its folder, or nowhere',
  ])
  expect((await read('guide/pipe.md')).reported).toEqual(['guide/pipe.md:1 guide/pipe.md is no regular file'])
})

test('a name that is not UTF-8 is named as far as it can be', async () => {
  write('a.md')
  write(Buffer.from([0x63, 0xe9, ...Buffer.from('.md')]))
  expect(await read()).toEqual({
    pages: ['guide/a.md'],
    reported: ['guide/c\ufffd.md:1 guide/c\ufffd.md has a name that is not UTF-8'],
  })
})

test('a page beyond all measure is not read, by its length, its holes or its lines', async () => {
  write('long.md', 'x'.repeat(BOUNDS.pageBytes + 1))
  write('lines.md', '\n'.repeat(BOUNDS.pageLines + 1))
  write('sparse.md')
  truncateSync(join(folder, 'guide/sparse.md'), 3 * 1024 ** 3)
  const { reported } = await read()
  expect(reported).toEqual([
    'guide/lines.md:1 this page has more than 50,000 lines, and is not read',
    'guide/long.md:1 guide/long.md is longer than 1,048,576 bytes, and is not read',
    'guide/sparse.md:1 guide/sparse.md is longer than 1,048,576 bytes, and is not read',
  ])
})

test('folders deeper than any guide are named, and the rest is read', async () => {
  write(`${'d/'.repeat(BOUNDS.depth + 2)}deep.md`)
  write('a.md')
  const { pages, reported } = await read()
  expect(pages).toEqual(['guide/a.md'])
  expect(reported).toEqual([expect.stringMatching(/lies too deep$/)])
})

test('a book whose src leaves its folder is refused, at the line that says so', async () => {
  writeFileSync(join(folder, 'SUMMARY.md'), '[secret](secret.md)\n')
  writeFileSync(join(folder, 'secret.md'), PAGE)
  write('book.toml', '[book]\ntitle = "A book"\nsrc = ".."\n')
  expect(await read()).toEqual({
    pages: [],
    reported: [`guide/book.toml:3 src names .., which is not within the book's folder`],
  })
})

test('a SUMMARY whose links are no URIs, or lead out of the book, names them', async () => {
  write('SUMMARY.md', '- [bad](%zz.md)\n- [good](a.md)\n- [out](../secret.md)\n- [lost](lost.md)\n')
  writeFileSync(join(folder, 'secret.md'), PAGE)
  write('a.md')
  expect(await read()).toEqual({
    pages: ['guide/a.md'],
    reported: [
      'guide/SUMMARY.md:1 this link is no URI',
      'guide/SUMMARY.md:3 SUMMARY.md names ../secret.md, which the book does not hold',
      'guide/SUMMARY.md:4 SUMMARY.md names lost.md, which is not there',
    ],
  })
})

test('a page that includes a file over and over is read as far as a guide may go', async () => {
  write('SUMMARY.md', '[a](a.md)\n')
  write('big.rs', 'x'.repeat(BOUNDS.pageBytes - 1))
  write('a.md', `~~~rust\n${'{{#include big.rs}}\n'.repeat(20)}~~~\n`)
  const { reported } = await read()
  expect(reported).toHaveLength(12)
  expect(new Set(reported.map((words) => words.replace(/:\d+/, '')))).toEqual(
    new Set(['guide/a.md {{#include}}: this page includes too much to be read']),
  )
})

test('a file that is no page of Markdown does not pass for one', async () => {
  write('lib.rs', 'fn main() {}\n')
  write('a.md')
  expect((await read('guide/a.md', 'guide/lib.rs')).reported).toEqual([
    'guide/lib.rs:1 guide/lib.rs holds no block of code, expected documentation of rustdoc',
  ])
})
