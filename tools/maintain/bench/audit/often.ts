import { readWhole } from '@cookbook/cli/usage'

/** How often all is measured; the median counts. */
export const readOften = ({ BENCH_RUNS }: NodeJS.ProcessEnv) =>
  readWhole('bench:audit', 'BENCH_RUNS', BENCH_RUNS, { least: 1, otherwise: 3 })
