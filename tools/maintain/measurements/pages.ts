import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAudit } from '../bench/audit/kept.ts'
import { auditSection } from '../bench/audit/section.ts'
import type { Kept } from '../bench/figures/kept.ts'
import { measuredChapters, withTable } from '../bench/figures/tables.ts'
import { readWatchFigures } from '../bench/watch/kept.ts'
import { watchSection } from '../bench/watch/section.ts'
import { readKeptCoverage } from '../coverage/kept.ts'
import { coverageSection } from '../coverage/section.ts'
import { readReliability } from '../reliability/kept.ts'
import { reliabilitySection } from '../reliability/section.ts'
import { readScale } from '../scale/kept.ts'
import { scaleSection } from '../scale/section.ts'
import { page } from './page.ts'

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
