import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpResults } from './http-results.ts'

/** What one case took for one await or event: one number for each time that it ran, in the order of the rounds. */
export type Case = { nanoseconds: number[]; allocations: number[]; bytes: number[] }

/** What `docs/data/measurements.json` keeps. Everything else that is said about cost is derived from it. */
export type Measurements = {
  machine: { date: string; processors: number; linux: string; rustc: string; cxx: string }
  /** Rounds that belong together: every case ran once in each. */
  repetitions: number
  rounds: number
  cases: Record<string, Case>
  http: HttpResults
}

export const RESULTS_FILE = 'docs/data/measurements.json'

/** The file's text: a line for each case, and for each client. */
export function resultsText({ cases, http, ...rest }: Measurements): string {
  const lines = Object.entries(cases).map(
    ([name, one]) => `    ${JSON.stringify(name)}: ${JSON.stringify(one)}`,
  )
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const of = Object.entries(http).map(([name, one]) =>
    name === 'clients'
      ? `    "clients": ${clientsText(one as HttpResults['clients'])}`
      : `    "${name}": ${JSON.stringify(one)}`,
  )
  return `${head},\n  "cases": {\n${lines.join(',\n')}\n  },\n  "http": {\n${of.join(',\n')}\n  }\n}\n`
}

/** The figures that the repository at `root` keeps. */
export function readMeasurements(root: string): Measurements {
  return JSON.parse(readFileSync(join(root, RESULTS_FILE), 'utf8'))
}

function clientsText(clients: HttpResults['clients']): string {
  const lines = Object.entries(clients).map(([name, taken]) => `      "${name}": ${JSON.stringify(taken)}`)
  return `{\n${lines.join(',\n')}\n    }`
}
