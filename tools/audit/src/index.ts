export { audit, type Options } from './audit.ts'
export type { Block, CodeLine, Heading, Page, Position } from './block.ts'
export { readPage } from './page.ts'
export type { Audit, BlockVerdict, GroupReport, Help, Lint, Trouble, Verdict } from './verdict.ts'
