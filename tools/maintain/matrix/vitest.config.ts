import { defineConfig } from 'vitest/config'

// Each of them has the standard library built first.
export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['*.matrix.test.ts'], cache: false, testTimeout: 30 * 60_000, hookTimeout: 5 * 60_000 },
})
