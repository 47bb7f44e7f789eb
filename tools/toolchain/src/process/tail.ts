import { isUtf8 } from 'node:buffer'

/**
 * Keeps the last `keepBytes` of what is pushed, so that a program that prints for ever costs no memory.
 * It stands in for the array that zx pushes a process's chunks into, and to zx it always looks empty.
 */
export type Tail = {
  push(chunk: Buffer): number
  /** Bytes ever pushed. */
  written(): number
  /** What was kept, as text; a character cut in half at its beginning is dropped. */
  text(): string
  truncated(): boolean
  /** Whether what was kept is UTF-8, so that `text` loses nothing; one that is truncated is not looked at. */
  isText(): boolean
  readonly length: 0
}

export function tail(keepBytes: number): Tail {
  let chunks: Buffer[] = []
  let last = 0
  let written = 0
  return {
    push(chunk) {
      chunks.push(chunk)
      last += chunk.length
      written += chunk.length
      if (last > 2 * keepBytes) {
        chunks = [lastBytes(chunks, keepBytes)]
        last = keepBytes
      }
      return chunks.length
    },
    written: () => written,
    text() {
      const text = lastBytes(chunks, keepBytes).toString('utf8')
      return written > keepBytes ? text.replace(/^\uFFFD+/, '') : text
    },
    truncated: () => written > keepBytes,
    isText: () => written > keepBytes || isUtf8(lastBytes(chunks, keepBytes)),
    length: 0,
  }
}

function lastBytes(chunks: readonly Buffer[], count: number): Buffer {
  const all = Buffer.concat(chunks)
  return Buffer.from(all.subarray(Math.max(0, all.length - count)))
}
