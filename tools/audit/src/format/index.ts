export { findings } from './findings.ts'
export { REPORT_OPTIONS, REPORT_USAGE, type ReportOptions, readReportOptions } from './options.ts'
export { reportAudit } from './report-audit.ts'
export { messageOf } from './text-finding.ts'
