import { type Refused, readArguments, readWhole, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

/** What was typed. */
export type Options = { kind: 'measure'; watchAlone: boolean; runs: number } | Refused

/** Reads a command line; `runs` is BENCH_RUNS. */
export function readOptions(args: readonly string[], runs?: string): Options {
  const parsed = readArguments(COMMANDS.bench, args, {})
  if (parsed.kind === 'refused') return parsed
  const { words } = parsed
  const watchAlone = words.length === 1 && words[0] === 'watch'
  if (words.length > 0 && !watchAlone)
    return refused(COMMANDS.bench, `unexpected ${words.join(' ')}, expected watch or nothing`)
  const repeat = readWhole(COMMANDS.bench, 'BENCH_RUNS', runs, { least: 1, otherwise: 5 })
  return repeat.kind === 'refused' ? repeat : { kind: 'measure', watchAlone, runs: repeat.number }
}
