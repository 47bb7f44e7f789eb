export { audit } from './audit.ts'
export type { Block, CodeLine, Heading, Page, Position } from './document/block.ts'
export { type ReadGuide, readGuide } from './document/read.ts'
export {
  REPORT_OPTIONS,
  REPORT_USAGE,
  type ReportOptions,
  readReportOptions,
  tellAudit,
} from './format/index.ts'
export { shownLine } from './format/shown.ts'
export { allowedCrates } from './sandbox/allowed.ts'
export { openSandbox, type Sandbox, type SandboxOptions } from './sandbox/open.ts'
export type { Options } from './section.ts'
export type { Audit, BlockVerdict, GroupReport, Help, Lint, Seen, Trouble, Verdict } from './verdict.ts'
