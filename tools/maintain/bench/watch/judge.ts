import { median } from '../figures/time.ts'
import type { Edited, WatchResults } from './results.ts'

export type Judged = { what: string; figure: number; unit: string; most: number; met: boolean }

/** The goals of `npm run watch`: ratios are taken within each round. */
export function judgeWatch({ prose, rust, cxx }: WatchResults): Judged[] {
  const judged = (what: string, figures: readonly number[], unit: string, most: number): Judged => {
    const figure = median(figures)
    return { what, figure, unit, most, met: Number(figure.toFixed(2)) <= most }
  }
  const ratios = (ours: readonly number[], theirs: readonly number[]) =>
    ours.map((seconds, round) => seconds / theirs[round]!)
  const both = (language: string, { compiled, rebuild, well, loop }: Edited) => [
    judged(
      `a line of ${language}, until it is compiled, beside cargo's rebuild`,
      ratios(compiled, rebuild),
      '',
      1.3,
    ),
    judged(
      `a line of ${language}, until all is well, beside cargo's rebuild and what was run`,
      ratios(well, loop),
      '',
      1.3,
    ),
  ]
  return [
    judged('a line of prose, until all is well', prose, ' s', 0.3),
    ...both('Rust', rust),
    ...both('C++', cxx),
  ]
}
