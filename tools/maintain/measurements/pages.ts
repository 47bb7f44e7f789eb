import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAudit } from '../bench/audit/results.ts'
import { auditSection } from '../bench/audit/section.ts'
import { type Measurements, readMeasurements } from '../bench/figures/measurements.ts'
import { measuredChapters, withTable } from '../bench/figures/tables.ts'
import { readWatchFigures } from '../bench/watch/results.ts'
import { watchSection } from '../bench/watch/section.ts'
import { readCoverageResults } from '../coverage/results.ts'
import { coverageSection } from '../coverage/section.ts'
import { readReliability } from '../reliability/results.ts'
import { reliabilitySection } from '../reliability/section.ts'
import { readScale } from '../scale/results.ts'
import { scaleSection } from '../scale/section.ts'
import { page } from './page.ts'

/** What the pages of the repository at `root` that speak of cost must be, given the figures. */
export function pages(root: string, results: Measurements): { path: string; text: string }[] {
  const chapters = measuredChapters(results).map((slug) => {
    const path = `patterns/${slug}/README.md`
    return { path, text: withTable(readFileSync(join(root, path), 'utf8'), slug, results) }
  })
  const text =
    page(results) +
    scaleSection(readScale(root)) +
    auditSection(readAudit(root)) +
    coverageSection(readCoverageResults(root)) +
    watchSection(readWatchFigures(root)) +
    reliabilitySection(readReliability(root))
  return [...chapters, { path: 'docs/measurements.md', text }]
}

/** Writes these pages again. */
export function writePages(root: string, results = readMeasurements(root)): void {
  for (const { path, text } of pages(root, results)) writeFileSync(join(root, path), text)
}
