import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one case took for one await or event: one number for each time that it ran, in the order of the rounds. */
export type Case = { nanoseconds: number[]; allocations: number[]; bytes: number[] }

/** What `docs/measurements.json` keeps. Everything else that is said about cost is derived from it. */
export type Kept = {
  machine: { date: string; processors: number; linux: string; rustc: string; cxx: string }
  /** Rounds that belong together: every case ran once in each. */
  repetitions: number
  rounds: number
  cases: Record<string, Case>
}

export const KEPT_FILE = 'docs/measurements.json'

/** The file's text: a line for each case. */
export function keptText({ cases, ...rest }: Kept): string {
  const lines = Object.entries(cases).map(
    ([name, one]) => `    ${JSON.stringify(name)}: ${JSON.stringify(one)}`,
  )
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  return `${head},\n  "cases": {\n${lines.join(',\n')}\n  }\n}\n`
}

/** The figures that the repository at `root` keeps. */
export function readKept(root: string): Kept {
  return JSON.parse(readFileSync(join(root, KEPT_FILE), 'utf8'))
}
