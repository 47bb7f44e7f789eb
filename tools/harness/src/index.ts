export { type Pattern, pattern } from './pattern.ts'
export type { Rejection } from './rejects.ts'
export type { Watch } from './watch.ts'
