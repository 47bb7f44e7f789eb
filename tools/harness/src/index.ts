export { pattern } from './runner/pattern.ts'
export type { Rejection } from './verbs/rejects.ts'
export type { Pattern } from './verbs/verbs.ts'
export type { Watch } from './verbs/watch.ts'
