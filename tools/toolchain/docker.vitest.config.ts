import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// These need an engine, and fail where there is none.
export default defineConfig({
  test: {
    include: ['tools/{toolchain,audit}/**/*.docker.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
    cache: false,
    maxWorkers: availableParallelism(),
  },
})
