export { noteAgreed } from './agreed.ts'
export { CAUSES } from './causes.ts'
export type { Chapter, Claim, Example, Reason, Source } from './chapter.ts'
export { checkPackage } from './check.ts'
export { contents, type Entry } from './contents.ts'
export { contentsFindings } from './contents-findings.ts'
export { drift } from './drift.ts'
export { type Fence, readFences } from './fences.ts'
export type { Finding, FindingCode, Place } from './finding.ts'
export { type Newer, newerSide, withNewerSide } from './history.ts'
export {
  isLeftByEditor,
  LONGEST_TEXT_BYTES,
  layoutFindings,
  sharedFindings,
  unreadableBelow,
} from './layout.ts'
export { locate } from './locate.ts'
export { cutLine, neutral } from './neutral.ts'
export { type PatternPackage, readPackage, type SourceFile } from './package.ts'
export { parseChapter } from './parse.ts'
export { findPatterns } from './patterns.ts'
export { isAnchor, type Region, type RegionProblem, type Regions, regionsOf } from './region.ts'
export { runFindings } from './run-findings.ts'
export { showFinding } from './show.ts'
export { type RunCounts, type ShownLine, shownLines } from './shown-lines.ts'
export { sourceOf } from './source.ts'
export { isTooDeep } from './stretch.ts'
export { type Synced, syncChapter } from './sync.ts'
export { columnAt, decode, type Text } from './text.ts'
export { intoSources, type Unsynced } from './unsync.ts'
