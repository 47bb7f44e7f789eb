import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Edit, planted, readCorpora } from './fault.ts'
import { judge } from './judge.ts'

const ROOT = join(import.meta.dirname, '../../..')
const temporary = mkdtempSync(join(tmpdir(), 'cookbook-faults-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))
const court = { root: ROOT, temporary, audit: null }

const faults = readCorpora().flatMap(({ page, faults }) => faults.map((fault) => ({ ...fault, page, fault })))

test('the corpus holds at least sixty faults, in all that a guide is made of', () => {
  expect(faults.length).toBeGreaterThanOrEqual(60)
  expect(new Set(faults.map(({ kind }) => kind)).size).toBe(6)
})

test.each(faults)('$page can be given $name, in $kind', ({ page, edits }) => {
  const text = (file?: string) =>
    readFileSync(join(ROOT, file === undefined ? page : join(page, '..', file)), 'utf8')
  const edited = (edit: Edit) => planted(text(edit.file), edit)
  for (const edit of edits) expect(edited(edit)).not.toBe(text(edit.file))
})

test.each(faults.filter(({ by }) => by === 'check'))(
  '$page: $name is found at its line',
  async ({ page, fault }) => {
    const { found, file, line } = await judge(court, page, readFileSync(join(ROOT, page), 'utf8'), fault, [])
    const expected = found.filter(({ code }) => code.startsWith(fault.code))
    expect(expected.map(({ file, line }) => ({ file, line }))).toContainEqual({ file, line })
  },
)
