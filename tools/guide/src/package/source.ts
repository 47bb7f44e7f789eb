import type { Example } from '../chapter/chapter.ts'
import type { Region } from '../text/region.ts'
import type { PatternPackage } from './pattern-package.ts'

/** The text that an example has to show, or `null` when its source has a problem of its own. */
export function sourceOf(pkg: PatternPackage, { source }: Example): Region | null {
  const regions = pkg.files.get(source.path)?.regions
  if (!regions) return null
  return source.region === null ? regions.whole : (regions.regions.get(source.region) ?? null)
}

/** Whether the file is there, and no anchor in it has the name of the region. */
export function lacksRegion(pkg: PatternPackage, { source }: Example): boolean {
  const file = pkg.files.get(source.path)
  if (!file || source.region === null || file.regions.regions.has(source.region)) return false
  return !file.regions.problems.some(({ name }) => name === source.region)
}
