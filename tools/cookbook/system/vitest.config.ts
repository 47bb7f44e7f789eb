import { defineConfig } from 'vitest/config'

// Each test runs the whole job, with compilers that use every core: one at a time. The time limit is for a hang.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.system.test.ts'],
    cache: false,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
