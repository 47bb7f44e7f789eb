export { reportToGitHub } from './github.ts'
export { type Progress, progress } from './progress.ts'
export { allFindings, type ChapterResult, type RunResult } from './result.ts'
export { terminalReport } from './terminal.ts'
