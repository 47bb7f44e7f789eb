export { pattern } from './runner/pattern.ts'
export type { Pattern, Rejection, Watch } from './verbs/verbs.ts'
