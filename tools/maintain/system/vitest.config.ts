import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const ALL = 'tools/*/{system,test}/*.system.test.ts'
/** They look at the clock, or at what a whole machine does. */
const ALONE = ['hostile', 'killed', 'tour', 'watch'].map(
  (name) => `tools/maintain/system/${name}.system.test.ts`,
)
const workers = availableParallelism()

// Each test runs the whole job, half of which waits for one process or another. The time limit is for a hang.
const test = {
  root: join(import.meta.dirname, '../../..'),
  maxConcurrency: workers,
  testTimeout: 600_000,
  hookTimeout: 600_000,
  runner: './tools/maintain/system/time-limit.ts',
  // A message is all that is left of a run elsewhere.
  chaiConfig: { truncateThreshold: 0 },
} as const

export default defineConfig({
  test: {
    cache: false,
    projects: [
      { test: { ...test, name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 0 } } },
      {
        test: {
          ...test,
          name: 'together',
          include: [ALL],
          exclude: ALONE,
          maxWorkers: workers,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
