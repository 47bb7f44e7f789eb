import { readData } from '../../data.ts'

/** Seconds, a number for each round: of the watch, and of what a person would type instead of it. */
export type Edited = { compiled: number[]; rebuild: number[]; well: number[]; loop: number[] }

/** What `docs/data/watch.json` keeps. */
export type WatchResults = {
  date: string
  processors: number
  /** The pattern that was edited. */
  slug: string
  prose: number[]
  rust: Edited
  cxx: Edited
}

export const WATCH_FILE = 'docs/data/watch.json'

/** The figures that the repository at `root` keeps; `null` where none were measured. */
export function readWatchFigures(root: string): WatchResults | null {
  return readData(root, WATCH_FILE, null)
}

export function watchText(results: WatchResults): string {
  const exact = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)
  return `${JSON.stringify(results, exact, 2)}\n`
}
