export type { Block, CodeLine, Heading, Page, Position } from './block.ts'
export type { Audit, BlockVerdict, GroupReport, Help, Lint, Trouble, Verdict } from './verdict.ts'
