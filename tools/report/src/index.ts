export { reportToGitHub } from './github.ts'
export { type Progress, progress } from './progress.ts'
export type { ChapterResult, RunResult } from './result.ts'
export { terminalReport } from './terminal.ts'
