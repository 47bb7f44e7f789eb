export { REPORT_OPTIONS, REPORT_USAGE, type ReportOptions, readReportOptions } from './options.ts'
export { tellAudit } from './tell.ts'
