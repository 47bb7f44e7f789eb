import { parseChapter, type ShownLine } from '@cookbook/guide'
import type { ChapterCoverage } from '@cookbook/report'
import { expect, test } from 'vitest'
import { keepCoverage } from './results.ts'
import { coverageSection } from './section.ts'

const CHAPTER = parseChapter('# Ebb\n\n```rust src/lib.rs\nebb();\n```\n', 'patterns/ebb/README.md')
const BY = { date: '2026-11-23', tools: 'rustc 1.95.0, g++ 12.2.0' }
const FLOOD = { ...BY, shown: 9, executable: 7, ran: 7, excused: 0 }

function seen(...states: ShownLine['state'][]): ChapterCoverage {
  const example = CHAPTER.examples[0]!
  const lines = states.map((state) => ({ line: 4, column: 1, text: 'ebb();', example, state, times: 1 }))
  return { slug: 'ebb', chapter: CHAPTER, lines: lines as ShownLine[], findings: [] }
}

test('what was seen now takes the place of what was kept, and nothing else goes', () => {
  const results = { flood: FLOOD, ebb: { ...FLOOD, date: '2026-11-22' } }
  expect(keepCoverage(results, [seen('ran', 'excused', 'inert')], BY)).toEqual({
    ebb: { ...BY, shown: 3, executable: 2, ran: 1, excused: 1 },
    flood: FLOOD,
  })
})

test('a chapter with findings is not kept', () => {
  const finding = { code: 'never-ran', severity: 'error', file: 'a.md', line: 5, column: 1 } as const
  const wrong = {
    ...seen('never-ran'),
    findings: [{ ...finding, message: 'this line never ran', detail: [], fix: '' }],
  }
  expect(keepCoverage({ flood: FLOOD }, [wrong], BY)).toEqual({ flood: FLOOD })
})

test('the figures stand in a table, with their sum', () => {
  const text = coverageSection(keepCoverage({ flood: FLOOD }, [seen('ran', 'excused')], BY))
  expect(text).toContain(
    '| [ebb](../patterns/ebb/README.md) | 2 | 2 | 1 | 1 | rustc 1.95.0, g++ 12.2.0 | 2026-11-23 |\n',
  )
  expect(text).toContain('\nOf 9 lines with code 8 ran, and 1 have a reason.\n')
  expect(coverageSection({})).toBe('')
})
