import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Page } from '../src/document/block.ts'
import { lint } from '../src/lint/index.ts'
import { RULES } from '../src/lint/rules.ts'
import type { Lint } from '../src/verdict.ts'
import { pageOf } from './page-of.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FIXTURES = join(import.meta.dirname, '../fixtures/lint')

const read = (path: string, name: string) => pageOf(readFileSync(path, 'utf8'), name)

/** A paragraph for each lint, with the line of the guide that it is about. */
function listing(lints: readonly Lint[], { blocks }: Page): string {
  const lines = new Map(blocks.flatMap((block) => block.lines.map(({ text, at }) => [at.line, text])))
  return lints
    .map(({ line, column, rule, sureness, message, detail }) =>
      [
        `${line}:${column} ${sureness} ${rule}`,
        `    ${message}`,
        ...detail.map((text) => `    ${text}`),
        `  | ${lines.get(line)}`,
        `  | ${' '.repeat(column - 1)}^`,
      ].join('\n'),
    )
    .join('\n')
    .concat('\n')
}

describe('each rule', () => {
  test('has a fixture', () => {
    const names = globSync('*.md', { cwd: FIXTURES }).map((path) => basename(path, '.md'))
    expect(names.sort()).toEqual(RULES.map(({ name }) => name).sort())
  })

  test.each(RULES.map(({ name }) => name))('%s', { timeout: 60_000 }, async (name) => {
    const page = read(join(FIXTURES, `${name}.md`), `${name}.md`)
    const lints = (await lint([page])).filter(({ rule }) => rule === name)
    const sections = Map.groupBy(page.blocks, ({ headings }) => headings.at(-1)!)
    for (const [{ text }, blocks] of sections) {
      const said = lints.filter(({ line }) =>
        blocks.some((block) => block.line < line && line < block.endLine),
      )
      if (text.startsWith('Silent: ')) expect(said, text).toEqual([])
      else expect(said.length, text).toBeGreaterThan(0)
    }
    await expect(listing(lints, page)).toMatchFileSnapshot(join(FIXTURES, `${name}.lints.txt`))
  })

  test('has its row in docs/audit.md, with its reason', () => {
    const rows = readFileSync(join(ROOT, 'docs/audit.md'), 'utf8').match(/^\| \[[\w-]+\]\(.*$/gm)
    expect(rows).toEqual(RULES.map(({ name, why, chapter }) => `| [${name}](../${chapter}) | ${why} |`))
  })

  test.each(RULES.map(({ name, chapter }) => [name, chapter]))('%s links to %s', (_, chapter) => {
    const [path, anchor] = chapter.split('#')
    expect(existsSync(join(ROOT, path!)), path).toBe(true)
    const { blocks } = read(join(ROOT, path!), path!)
    const anchors = blocks.flatMap(({ headings }) => headings.map(({ text }) => slug(text)))
    expect(anchors).toContain(anchor)
  })
})

/** What a chapter does and says so: its producers have no owner, and end when nobody receives any more. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'patterns/rust-stream/README.md': ['detached-thread', 'detached-thread'],
}

describe('our own guide', () => {
  test.each(globSync('patterns/*/README.md', { cwd: ROOT }).sort())(
    '%s: no false alarm',
    { timeout: 60_000 },
    async (path) => {
      const page = read(join(ROOT, path), path)
      const lints = await lint([page])
      const meant = MEANT[path]
      if (meant !== undefined) expect(lints.map(({ rule }) => rule)).toEqual(meant)
      else expect(listing(lints, page)).toBe('\n')
    },
  )
})

describe('the wrong variants of our own guide, without the words that call them wrong', () => {
  /** The words of warning of these chapters, for words that say nothing. */
  const unmarked = (text: string) =>
    text
      .replaceAll('Wrong: ', 'Note: ')
      .replace(/\bbad_/g, 'one_')
      .replace(/\bBad(?=[A-Z])/g, 'One')
      .replace('The same in a thread is the bug:', 'The same in a thread:')

  test.each([
    ['pitfalls', ['result-lost', 'by-reference-thread', 'throws-without-result', 'opaque-not-send']],
    ['best-practices', ['by-reference-thread']],
  ])('%s', { timeout: 60_000 }, async (slug, rules) => {
    const text = readFileSync(join(ROOT, 'patterns', slug, 'README.md'), 'utf8')
    expect((await lint([pageOf(unmarked(text), slug)])).map(({ rule }) => rule)).toEqual(rules)
  })
})

describe('a hostile page', () => {
  const fenced = (lang: string, code: string) => `\`\`\`${lang}\n${code}\n\`\`\`\n`

  test.each([
    ['nests too deep', fenced('rust', `struct A { a: ${'Box<'.repeat(5_000)}u8${'>'.repeat(5_000)}}`)],
    ['is too long', fenced('cpp', 'work();\n'.repeat(20_000))],
  ])(
    'a block that %s is said to be unread, and the next one is read',
    { timeout: 60_000 },
    async (_, block) => {
      const page = pageOf(`${block}\n${fenced('cpp', 'std::thread(work).detach();')}`, 'hostile.md')
      expect((await lint([page])).map(({ rule, line }) => ({ rule, line }))).toEqual([
        { rule: 'unread', line: 1 },
        { rule: 'detached-thread', line: page.blocks[1]!.line + 1 },
      ])
    },
  )

  test('a broken block is read as far as it goes', { timeout: 60_000 }, async () => {
    const page = pageOf(fenced('cpp', '}}} ) \0 ...\nstd::thread(work).detach();\n{{{ ('), 'broken.md')
    expect((await lint([page])).map(({ line }) => line)).toEqual([3])
  })
})

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
