import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

const SLOW = ['**/*.system.test.ts', '**/*.docker.test.ts', '**/*.matrix.test.ts', '**/*.reliability.test.ts']

// The patterns' runners are turbo's; what needs a clone of its own or an engine has a command of its own.
export default defineConfig({
  test: {
    include: ['tools/**/*.test.ts', 'whole-guide/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/fixtures/**', ...SLOW],
    // Other tests start compilers, and may have the processors for a while.
    testTimeout: 30_000,
    // One more than by default, which leaves a processor for who watches.
    maxWorkers: availableParallelism(),
    cache: false,
    chaiConfig: { truncateThreshold: 0 },
  },
})
