import { defineConfig } from 'vitest/config'

// What goes wrong outside the guide: one thing at a time. The time limit is for a hang.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.reliability.test.ts'],
    cache: false,
    fileParallelism: false,
    testTimeout: 60 * 60_000,
    hookTimeout: 30 * 60_000,
  },
})
