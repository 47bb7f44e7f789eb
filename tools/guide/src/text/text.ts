import { isUtf8 } from 'node:buffer'

/** A file's text, free of what is not content: line ends are looked up in `raw` by who must keep them. */
export type Text = {
  /** Whether the file begins with a byte order mark, which is part of neither `raw` nor `lines`. */
  bom: boolean
  raw: string
  lines: readonly string[]
}

/** The first byte that is not UTF-8, as a 1-based line and column of characters. */
export type BadByte = { line: number; column: number; byte: number }

/** Decodes UTF-8. Bytes that are none become U+FFFD, and the first of them is named in `bad`. */
export function decode(input: Uint8Array | string): { text: Text; bad: BadByte | null } {
  if (typeof input === 'string') return { text: split(input), bad: null }
  const text = split(new TextDecoder('utf-8', { ignoreBOM: true }).decode(input))
  return { text, bad: isUtf8(input) ? null : firstBad(input, text) }
}

/** The column of a UTF-16 index of a line: characters before it, plus one. */
export function columnAt(line: string, index: number): number {
  const before = line.slice(0, index)
  return (/[\ud800-\udbff]/.test(before) ? [...before].length : before.length) + 1
}

function split(whole: string): Text {
  const bom = whole.startsWith('\ufeff')
  const raw = bom ? whole.slice(1) : whole
  return { bom, raw, lines: raw.split(/\r\n|\n|\r/) }
}

// Everything before the first bad byte decodes to what it was, so its length in bytes is known.
function firstBad(bytes: Uint8Array, { bom, raw, lines }: Text): BadByte {
  let offset = bom ? 3 : 0
  let from = 0
  for (let at = raw.indexOf('\ufffd'); at >= 0; at = raw.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(raw.slice(from, at))
    from = at
    const real = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd
    if (real) continue
    const before = raw.slice(0, at).split(/\r\n|\n|\r/)
    const line = before.length
    return { line, column: columnAt(lines[line - 1]!, before.at(-1)!.length), byte: bytes[offset]! }
  }
  throw new Error('isUtf8 and TextDecoder disagree')
}
