import { errorAt, type Finding, topOf } from '@cookbook/guide'

/** The linker writes through a mapping, so a full disk is a SIGBUS to it. */
const SAYS = /\bENOSPC\b|No space left on device|Disk quota exceeded|\bld terminated with signal 7\b/

/** Whether a program that failed says that a disk was full. */
export function lacksSpace(words: string): boolean {
  return SAYS.test(words)
}

/** All that is to be said of a verification that met a full disk: what else it found may come from that alone. */
export function noSpace(file: string, what: string, words: string): Finding {
  return errorAt(
    'no-space',
    topOf(file),
    `${what} found the disk full, expected room for what is built below target/`,
    'make room, and verify again; what lies in target/ can be removed, a run builds it again',
    words
      .split('\n')
      .filter((line) => SAYS.test(line))
      .map((line) => line.trim())
      .slice(0, 1),
  )
}
