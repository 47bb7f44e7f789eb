import { readFileSync } from 'node:fs'
import type { Refused } from '@cookbook/cli/command-line'
import { noResults, unreadable } from './refusals.ts'

/**
 * What became of one chapter in one cell, and when; `tools` are its compilers, as `rustc 1.95.0, g++-12 12.2.0`, and
 * `digest` is that of the files that passed, which older results lack.
 */
export type ChapterInCell =
  | {
      kind: 'passed'
      date: string
      tools: string
      digest?: string
      passed: number
      skipped: Record<string, number>
    }
  | { kind: 'failed'; date: string; tools: string; passed: number; failed: number; findings: string }
  | { kind: 'cannot'; why: string }

/** What became of one cell: of each chapter by slug, or why of none. */
export type CellResult =
  | { kind: 'ran'; chapters: Record<string, ChapterInCell> }
  | { kind: 'cannot'; why: string }

/** By the name of the cell. A cell that is not there has not been run. */
export type Results = Record<string, CellResult>

/** What a run kept in a file, or why the file does not come from a run. */
export function readResults(path: string): { kind: 'read'; results: Results } | Refused {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return unreadable(path, (error as Error).message)
  }
  let results: Results
  try {
    results = JSON.parse(text)
  } catch (error) {
    return noResults(path, (error as Error).message)
  }
  if (!(results instanceof Object)) return noResults(path, strangeCell(text.trim()))
  const strange = Object.entries(results).find(([, result]) => !isCell(result))
  if (strange !== undefined) return noResults(path, strangeCell(strange[0]))
  return { kind: 'read', results }
}

/** A JSON file that is not results is refused by what it holds in place of a cell. */
export function strangeCell(name: string): string {
  return `"${name}" holds no cell, expected kind "ran" with chapters or kind "cannot" with why`
}

function isCell(result: Partial<Record<string, unknown>> | null): boolean {
  if (result?.kind === 'ran') return typeof result.chapters === 'object'
  return result?.kind === 'cannot' && typeof result.why === 'string'
}

/** Adds what was seen now; of a cell that ran before, the chapters that did not run now stay. */
export function merge(saved: Results, seen: Results): Results {
  const merged = { ...saved }
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
