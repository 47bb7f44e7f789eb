import { COMPARISONS, type Comparison, type Goal } from './comparisons.ts'
import type { Measurements } from './measurements.ts'
import { median } from './time.ts'

/** A comparison with its figure: the median, and the medians of the single repetitions, least and most. */
export type Judged =
  | {
      kind: 'measured'
      comparison: Comparison
      figure: number
      spread: [number, number]
      met: boolean | null
    }
  | { kind: 'missing'; comparison: Comparison }

/** What the kept figures say of each comparison. `met` is `null` where there is no goal. */
export function judge(results: Measurements, comparisons: readonly Comparison[] = COMPARISONS): Judged[] {
  return comparisons.map((comparison) => {
    const rounds = figures(results, comparison)
    if (rounds === null) return { kind: 'missing', comparison }
    const repeated = Array.from({ length: results.repetitions }, (_, index) =>
      median(rounds.slice(index * results.rounds, (index + 1) * results.rounds)),
    )
    const figure = median(repeated)
    const spread: [number, number] = [Math.min(...repeated), Math.max(...repeated)]
    return { kind: 'measured', comparison, figure, spread, met: meets(figure, comparison.goal) }
  })
}

/** One line for a person: `stream, one event at a time: rate 1.06 (goal: at least 0.9)`. */
export function say(judged: Judged): string {
  const { chapter, what, kind, goal } = judged.comparison
  const figure = judged.kind === 'missing' ? 'not measured' : `${kind} ${judged.figure.toFixed(2)}`
  const bound = goal === undefined ? '' : ` (goal: at ${goal.kind} ${goal.value})`
  return `${chapter}, ${what}: ${figure}${bound}`
}

/** One figure for each round: both sides of a ratio are of the same round. */
function figures({ cases }: Measurements, comparison: Comparison): number[] | null {
  const ours = cases[comparison.ours]
  if (ours === undefined) return null
  if (comparison.kind === 'allocations') return ours.allocations
  const floor = cases[comparison.floor]
  if (floor === undefined) return null
  const ratios = ours.nanoseconds.map((time, round) => time / floor.nanoseconds[round]!)
  return comparison.kind === 'time' ? ratios : ratios.map((ratio) => 1 / ratio)
}

// As exact as the tables are: what is shown as 2.00 is 2.
export function meets(figure: number, goal: Goal | undefined): boolean | null {
  if (goal === undefined) return null
  const shown = Number(figure.toFixed(2))
  return goal.kind === 'most' ? shown <= goal.value : shown >= goal.value
}
