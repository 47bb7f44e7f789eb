import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readKeptCoverage } from '../../coverage/kept.ts'
import { coverageSection } from '../../coverage/section.ts'
import { readReliability } from '../../reliability/kept.ts'
import { reliabilitySection } from '../../reliability/section.ts'
import { readScale } from '../../scale/kept.ts'
import { scaleSection } from '../../scale/section.ts'
import { readAudit } from '../audit/kept.ts'
import { auditSection } from '../audit/section.ts'
import { readWatchFigures } from '../watch/kept.ts'
import { watchSection } from '../watch/section.ts'
import type { Kept } from './kept.ts'
import { page } from './page.ts'
import { measuredChapters, withTable } from './tables.ts'

/** What the pages of the repository at `root` that speak of cost must be, given the figures. */
export function pages(root: string, kept: Kept): { path: string; text: string }[] {
  const chapters = measuredChapters(kept).map((slug) => {
    const path = `patterns/${slug}/README.md`
    return { path, text: withTable(readFileSync(join(root, path), 'utf8'), slug, kept) }
  })
  const text =
    page(kept) +
    scaleSection(readScale(root)) +
    auditSection(readAudit(root)) +
    coverageSection(readKeptCoverage(root)) +
    watchSection(readWatchFigures(root)) +
    reliabilitySection(readReliability(root))
  return [...chapters, { path: 'docs/measurements.md', text }]
}
