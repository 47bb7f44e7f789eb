import { dirname } from 'node:path'
import { digestOf } from './digest.ts'
import { touchesOf } from './touches.ts'

export { type Touches, touchesOf } from './touches.ts'

/**
 * What a verification is about, as it lies there at one moment. Two that are equal saw no change in between, not
 * even one that was taken back.
 */
export type Subject = { digest: string; touches: string }

/** `dir` is the folder of a pattern. */
export function subjectOf(dir: string): Subject {
  const touches = JSON.stringify(touchesOf(dir))
  return { digest: digestOf(dirname(dirname(dir)), dir), touches }
}
