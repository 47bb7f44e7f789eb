import { readWhole } from '@cookbook/cli/command-line'
import { COMMANDS } from '../../commands.ts'

/** How often all is measured; the median counts. */
export const readRepeat = ({ BENCH_RUNS }: NodeJS.ProcessEnv) =>
  readWhole(COMMANDS['bench:audit'], 'BENCH_RUNS', BENCH_RUNS, { least: 1, otherwise: 3 })
