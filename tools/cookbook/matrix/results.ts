import { readFileSync } from 'node:fs'

/** What became of one chapter in one cell, and when; `tools` are its compilers, as `rustc 1.95.0, g++-12 12.2.0`. */
export type ChapterInCell =
  | { kind: 'passed'; date: string; tools: string; passed: number; skipped: Record<string, number> }
  | { kind: 'failed'; date: string; tools: string; passed: number; failed: number; findings: string }
  | { kind: 'cannot'; why: string }

/** What became of one cell: of each chapter by slug, or why of none. */
export type CellResult =
  | { kind: 'ran'; chapters: Record<string, ChapterInCell> }
  | { kind: 'cannot'; why: string }

/** By the name of the cell. A cell that is not there has not been run. */
export type Results = Record<string, CellResult>

/** What docs/matrix.json keeps; nothing before the first run. */
export function readResults(path: string): Results {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return {}
  }
  return JSON.parse(text)
}

/** Adds what was seen now; of a cell that ran before, the chapters that did not run now stay. */
export function merge(kept: Results, seen: Results): Results {
  const merged = { ...kept }
  for (const [name, result] of Object.entries(seen)) {
    const before = merged[name]
    merged[name] =
      before?.kind === 'ran' && result.kind === 'ran'
        ? { ...result, chapters: { ...before.chapters, ...result.chapters } }
        : // What this machine lacks says nothing of what another one saw.
          before?.kind === 'ran'
          ? before
          : result
  }
  return merged
}
