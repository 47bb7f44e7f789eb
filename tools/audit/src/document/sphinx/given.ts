import type { CodeLine } from '../block.ts'

/** What a directive gives: code, or a document within the document, or nothing that a program reads. */
export type Given =
  | { kind: 'code'; lang: string; attributes: string[]; lines: CodeLine[] }
  | { kind: 'text' }
  | { kind: 'other' }
  | { kind: 'unread'; why: string }

/** The options that may name the file that a block is. */
export const namesIn = (options: ReadonlyMap<string, string>): string[] =>
  ['caption', 'filename', 'name', 'title'].flatMap((key) => {
    const value = options.get(key)
    return value === undefined ? [] : [`${key}=${value.replace(/[`*"]/g, '')}`]
  })
