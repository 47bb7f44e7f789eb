import { join } from 'node:path'

const SUPPRESSIONS = join(import.meta.dirname, '../../threads.supp')

/** How a test program is started for one test; sanitizers and valgrind put themselves around it. */
export type Wrap = { program: string[]; env: Record<string, string>; slowdown: number }

export const UNWRAPPED: Wrap = { program: [], env: {}, slowdown: 1 }

export const MEMCHECK: Wrap = {
  program: [
    'valgrind',
    '--quiet',
    '--error-exitcode=9',
    '--leak-check=full',
    '--errors-for-leak-kinds=definite,indirect',
    '--show-leak-kinds=definite,indirect',
    '--fair-sched=yes',
    // Whole paths: an empty prefix is left out of them.
    '--fullpath-after=',
  ],
  env: { COOKBOOK_LOAD: 'light' },
  slowdown: 10,
}
export const SANITIZERS: Wrap = {
  program: [],
  env: {
    COOKBOOK_LOAD: 'light',
    ASAN_OPTIONS: 'detect_stack_use_after_return=1:exitcode=9:verify_asan_link_order=0',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  },
  slowdown: 4,
}
export const THREADS: Wrap = {
  program: [],
  env: {
    COOKBOOK_LOAD: 'light',
    TSAN_OPTIONS: `exitcode=9:halt_on_error=1:suppressions="${SUPPRESSIONS}"`,
  },
  slowdown: 10,
}
