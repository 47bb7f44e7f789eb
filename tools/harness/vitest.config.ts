import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A pattern's runner is one file; what it starts has time limits of its own.
export default defineConfig({
  root: process.cwd(),
  test: {
    include: ['verify.test.ts'],
    cache: false,
    // Not vitest's own for GitHub, which would speak beside ours.
    reporters: ['default'],
    maxConcurrency: availableParallelism(),
    isolate: false,
    testTimeout: 0,
    hookTimeout: 0,
    globalSetup: fileURLToPath(new URL('./src/runner/forget.ts', import.meta.url)),
  },
})
