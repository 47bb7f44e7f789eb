import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Page } from '../src/block.ts'
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

  test.each(RULES.map(({ name, chapter }) => [name, chapter]))('%s links to %s', (_, chapter) => {
    const [path, anchor] = chapter.split('#')
    expect(existsSync(join(ROOT, path!)), path).toBe(true)
    const { blocks } = read(join(ROOT, path!), path!)
    const anchors = blocks.flatMap(({ headings }) => headings.map(({ text }) => slug(text)))
    expect(anchors).toContain(anchor)
  })
})

describe('our own guide', () => {
  test.each(globSync('patterns/*/README.md', { cwd: ROOT }).sort())(
    '%s: no false alarm',
    { timeout: 60_000 },
    async (path) => {
      const page = read(join(ROOT, path), path)
      expect(listing(await lint([page]), page)).toBe('\n')
    },
  )
})

const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
