import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What looks for a fault: the audit, the check of the chapter's contract, or the chapter's runner. */
export type Judge = 'audit' | 'check' | 'runner'

/** One fault that is planted into an otherwise good guide, and what has to be said of it. */
export type Fault = {
  name: string
  /** What it is in. */
  kind: 'Rust' | 'C++' | 'TOML' | 'build.rs' | 'shell' | 'prose'
  by: Judge
  edits: readonly Edit[]
  /** The beginning of a finding's code. */
  code: string
  /** The line of the finding, or what stands in that line and in no other. */
  at: string | number
  /** The file of the finding, where it is not the page. */
  of?: string
}

export type Edit = {
  /** From the page's folder; the page itself where none is named. */
  file?: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
}

/** The faults of one page. */
export type Corpus = {
  /** From the repository's root. */
  page: string
  faults: readonly Fault[]
}

export function readCorpora(): Corpus[] {
  const folder = join(import.meta.dirname, 'corpus')
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

/** A text with a fault planted. Throws when the text to be found is not there once. */
export function planted(text: string, { find, replace }: Edit): string {
  const parts = text.split(find)
  if (parts.length !== 2)
    throw new Error(`${JSON.stringify(find)} stands ${parts.length - 1} times, expected once`)
  return parts.join(replace)
}

/** The line at which a fault has to be found, 1-based. */
export function lineOf(text: string, { at, name }: Fault): number {
  if (typeof at === 'number') return at
  const lines = text.split('\n').flatMap((line, index) => (line.includes(at) ? [index + 1] : []))
  if (lines.length !== 1)
    throw new Error(`${name}: ${JSON.stringify(at)} is in ${lines.length} lines, expected one`)
  return lines[0]!
}
