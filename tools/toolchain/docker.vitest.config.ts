import { defineConfig } from 'vitest/config'

// These need an engine, and fail where there is none.
export default defineConfig({
  test: {
    include: ['tools/{toolchain,audit}/**/*.docker.test.ts'],
    runner: './tools/maintain/system/time-limit.ts',
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
    cache: false,
    // One file at a time: some of them look at all containers of the engine.
    fileParallelism: false,
  },
})
