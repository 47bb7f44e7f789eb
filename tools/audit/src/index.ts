import type { Page } from './document/block.ts'
import type { Lint } from './verdict.ts'

export { audit } from './audit.ts'
export type { Block, CodeLine, Heading, Page, Position } from './document/block.ts'
export { DOCUMENT_ENDINGS, isDocument } from './document/guide/format.ts'
export { type ReadGuide, readGuide } from './document/guide/read.ts'
export { openReader } from './document/guide-files.ts'
export { type Insertion, insertionFor, type Judged, leavingOut } from './edit/insertion.ts'
export type { JudgedFinding } from './format/finding/judged.ts'
export { shown, shownLine } from './format/finding/shown.ts'
export {
  findings,
  messageOf,
  REPORT_OPTIONS,
  REPORT_USAGE,
  type ReportOptions,
  readReportOptions,
  reportAudit,
} from './format/index.ts'
export { give, type Wanted } from './given/given.ts'
export { allowedCrates } from './sandbox/crates/allowed.ts'
export { openSandbox, type Sandbox, type SandboxOptions } from './sandbox/open.ts'
export type { Options } from './section.ts'
export type {
  Audit,
  BlockVerdict,
  GroupReport,
  Help,
  Lint,
  PageDiagnostic,
  Seen,
  Verdict,
} from './verdict.ts'

/** What no compiler says of pages: nothing is run for it. */
export const lints = async (pages: readonly Page[]): Promise<Lint[]> =>
  (await import('./lint/index.ts')).lint(pages)
