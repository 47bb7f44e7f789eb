import { readData } from '../data.ts'
import type { Taken } from './watched.ts'

/** What verifying a repository of so many patterns took. */
export type Size = { patterns: number; cold: Taken; warm: Taken; edit: Taken }

/** What `docs/data/scale.json` keeps. */
export type ScaleResults = {
  date: string
  processors: number
  /** How often each run was done but the first, which is from nothing; the median is kept. */
  rounds: number
  sizes: Size[]
}

export const SCALE_FILE = 'docs/data/scale.json'

/** The figures that the repository at `root` keeps; `null` where none were measured. */
export function readScale(root: string): ScaleResults | null {
  return readData(root, SCALE_FILE, null)
}
