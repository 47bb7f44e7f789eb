export type { Command, Ending, Expectation, Outcome } from './command.ts'
export type { Tool, Toolchain } from './toolchain.ts'
