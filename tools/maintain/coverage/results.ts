import { type ChapterCoverage, type Tally, tally } from '@cookbook/report'
import { readData } from '../data.ts'

/** What ran of one chapter, in which every line of code ran or has a reason; when, and by which compilers. */
export type CoveredChapter = Omit<Tally, 'missed'> & { date: string; tools: string }

/** What `docs/data/coverage.json` keeps, by slug. */
export type CoverageResults = Record<string, CoveredChapter>

export const COVERAGE_FILE = 'docs/data/coverage.json'

/** The figures that the repository at `root` keeps; none before the first were. */
export function readCoverageResults(root: string): CoverageResults {
  return readData(root, COVERAGE_FILE, {})
}

/** Adds what was seen now. A chapter with findings says nothing of what it could run, and stays as it was. */
export function keepCoverage(
  results: CoverageResults,
  chapters: readonly ChapterCoverage[],
  by: { date: string; tools: string },
): CoverageResults {
  const seen = chapters
    .filter(({ findings }) => findings.length === 0)
    .map(({ slug, lines }) => {
      const { missed: _, ...counts } = tally(lines)
      return [slug, { ...by, ...counts }] as const
    })
  const all = { ...results, ...Object.fromEntries(seen) }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
}
