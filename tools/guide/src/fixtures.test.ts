import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPackage, type Finding, parseChapter, readPackage, showFinding, syncChapter } from './index.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const cases = globSync('*/', { cwd: fixtures })
  .map((name) => name.replace(/\W+$/, ''))
  .sort()

const read = (name: string) => readPackage(fixtures, join(fixtures, name))
const report = (findings: readonly Finding[]) =>
  findings.length === 0 ? 'no findings\n' : `${findings.map(showFinding).join('\n\n')}\n`

/** Line ends and marks that an editor hides, made visible: a snapshot that has them can be compared. */
const visible = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString().replaceAll('\r', '<CR>').replaceAll('\ufeff', '<BOM>')

/** What no example covers of a chapter. */
function around(bytes: Uint8Array): string {
  const { raw, lines } = parseChapter(bytes, 'README.md').text
  const { examples } = parseChapter(bytes, 'README.md')
  const ends = raw.match(/\r\n|\n|\r/g) ?? []
  const covered = (line: number) => examples.some((at) => at.line <= line && line <= at.endLine)
  return lines.map((text, at) => (covered(at + 1) ? '' : `${text}${ends[at] ?? ''}`)).join('')
}

test('there is a case for every kind of finding of this package', async () => {
  const seen = new Set((await Promise.all(cases.map(read))).flatMap(checkPackage).map(({ code }) => code))
  const sources = globSync('*/{problem,problem-*,drift}.ts', { cwd: import.meta.dirname })
  const texts = await Promise.all(sources.map((path) => readFile(join(import.meta.dirname, path), 'utf8')))
  const made = texts.flatMap((text) =>
    [...text.matchAll(/errorAt\(\s*'([\w-]+)'/g)].map((found) => found[1]!),
  )
  expect(made.length).toBeGreaterThan(15)
  expect([...seen].sort()).toEqual([...new Set(made)].sort())
})

describe.each(cases)('%s', (name) => {
  const file = (path: string) => join(fixtures, name, path)

  test('findings', async () => {
    await expect(report(checkPackage(await read(name)))).toMatchFileSnapshot(file('findings.txt'))
  })

  test('sync writes what the sources say and keeps the rest', async () => {
    const pkg = await read(name)
    const before = await readFile(file('README.md')).catch(() => Buffer.alloc(0))
    const { bytes, changed, findings } = syncChapter(pkg)
    if (changed.length === 0) {
      expect(Buffer.compare(bytes, before)).toBe(0)
      expect(existsSync(file('synced.txt'))).toBe(false)
      return
    }
    await expect(visible(bytes)).toMatchFileSnapshot(file('synced.txt'))
    await expect(report(findings)).toMatchFileSnapshot(file('synced-findings.txt'))
    expect(around(bytes)).toBe(around(before))
    expect(findings.filter(({ code }) => code === 'drift' || code === 'empty-block')).toEqual([])
    const again = syncChapter({ ...pkg, chapter: parseChapter(bytes, pkg.chapter.file) })
    expect(again.changed).toEqual([])
    expect(Buffer.compare(again.bytes, bytes)).toBe(0)
  })
})
