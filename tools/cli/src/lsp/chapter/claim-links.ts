import { join } from 'node:path'
import type { Location, Range } from 'vscode-languageserver'
import type { Documents } from '../editor/documents.ts'
import type { ChapterNow } from './chapter.ts'

/** Each claim of a chapter: where its link stands, and where the test is that proves it. */
export function claimLinks(
  { pkg, chapter }: ChapterNow,
  documents: Documents,
): { range: Range; test: Location }[] {
  const lines = documents.lines(chapter)
  return pkg.chapter.claims.flatMap((claim) => {
    const text = lines[claim.line - 1] ?? ''
    const character = [...text].slice(0, claim.column - 1).join('').length
    const length = /^\[[^\]]*\]\([^)]*\)/.exec(text.slice(character))?.[0].length
    if (!pkg.files.has(claim.file)) return []
    const path = join(pkg.dir, claim.file)
    const at = Math.max(0, lineOf(documents.lines(path), claim.name))
    const start = { line: claim.line - 1, character }
    const end = { line: start.line, character: length === undefined ? text.length : character + length }
    const place = { line: at, character: 0 }
    return [
      { range: { start, end }, test: { uri: documents.uri(path), range: { start: place, end: place } } },
    ]
  })
}

/** The line on which a test begins: of Rust its function, of a case the first line that names it. */
function lineOf(lines: readonly string[], name: string | null): number {
  const own = name?.split('::').at(-1) ?? ''
  const begins = lines.findIndex((line) => /\bfn\s+(\w+)/.exec(line)?.[1] === own)
  return begins >= 0 || own === '' ? begins : lines.findIndex((line) => line.includes(own))
}
