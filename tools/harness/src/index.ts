export { pattern } from './runner/pattern.ts'
export type { MemoryTool, Pattern, Rejection } from './verbs/verbs.ts'
