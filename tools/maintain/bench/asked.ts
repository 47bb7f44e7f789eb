import { type Refused, readTyped, readWhole, refused, USAGE } from '@cookbook/cli/usage'

export const HELP = `${USAGE.bench}

Measures in a copy of the checkout how long verification takes beside plain cargo and g++, as ratios of two things in
one run, and how soon a save is answered while watching. The latter is kept in docs/watch.json and written into
docs/measurements.md.

  watch       measure the latter alone
  BENCH_RUNS  how often; the median counts

Exit code 0: every goal is met; 1: one is missed; 2: nothing was measured, and why.`

/** What was typed. */
export type Asked = { kind: 'help' } | { kind: 'measure'; watchAlone: boolean; runs: number } | Refused

/** Reads a command line; `runs` is BENCH_RUNS. */
export function readAsked(args: readonly string[], runs?: string): Asked {
  const typed = readTyped('bench', args, { help: { type: 'boolean', short: 'h' } })
  if (typed.kind === 'refused') return typed
  if (typed.values.help) return { kind: 'help' }
  const { words } = typed
  const watchAlone = words.length === 1 && words[0] === 'watch'
  if (words.length > 0 && !watchAlone)
    return refused('bench', `unexpected ${words.join(' ')}, expected watch or nothing`)
  const often = readWhole('bench', 'BENCH_RUNS', runs, { least: 1, otherwise: 5 })
  return often.kind === 'refused' ? often : { kind: 'measure', watchAlone, runs: often.number }
}
