import { type Refused, readTyped, readWhole, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

/** What was typed. */
export type Asked = { kind: 'measure'; watchAlone: boolean; runs: number } | Refused

/** Reads a command line; `runs` is BENCH_RUNS. */
export function readAsked(args: readonly string[], runs?: string): Asked {
  const typed = readTyped(COMMANDS.bench, args, {})
  if (typed.kind === 'refused') return typed
  const { words } = typed
  const watchAlone = words.length === 1 && words[0] === 'watch'
  if (words.length > 0 && !watchAlone)
    return refused(COMMANDS.bench, `unexpected ${words.join(' ')}, expected watch or nothing`)
  const often = readWhole(COMMANDS.bench, 'BENCH_RUNS', runs, { least: 1, otherwise: 5 })
  return often.kind === 'refused' ? often : { kind: 'measure', watchAlone, runs: often.number }
}
