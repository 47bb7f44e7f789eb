export type { Chapter, Claim, Example, Source } from './chapter.ts'
export type { Finding, FindingCode } from './finding.ts'
