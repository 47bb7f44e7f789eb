import type { FAULTS_TESTS } from '../faults/faults.ts'
import type { Failure } from './fails.ts'
import type { Variant } from './passes.ts'
import type { ProgramOptions } from './prints.ts'
import type { TestOptions } from './proves.ts'
import type { Rejection } from './rejects.ts'
import type { CxxRejection } from './rejects-cxx.ts'
import type { Watch } from './watch.ts'

/** What a runner says of its pattern; each line is a check that a claim of the chapter can link to. */
export type Pattern = {
  /** A program or an example of the crate, or a program that CMake built, prints exactly what `expected` holds. */
  prints(program: string, expected: string, options?: ProgramOptions): void
  /** Each test of a Rust test file passes, in a process of its own. Claims link to `file#test`. */
  proves(file: string, options?: TestOptions): void
  /** The same of the tests that have calls fail: threads, descriptors, memory. Skipped where that cannot be done. */
  withstands(file: typeof FAULTS_TESTS, options?: TestOptions): void
  /**
   * Each test of a script, which runs the pattern's programs, passes in a process of its own within the toolchain.
   * Claims link to `file#test`.
   */
  scripts(file: `${string}.ts`, options?: TestOptions): void
  /** A Rust file that uses the crate does not compile, for the reason that is promised. Claims link to `file`. */
  rejects(file: `${string}.rs`, promised: Rejection): void
  /** The same of a C++ file that uses the crate's headers. */
  rejects(file: `${string}.cc`, promised: CxxRejection): void
  /** A program fails as the chapter says that a bad variant does. Claims link to `verify.test.ts#<claim>`. */
  fails(claim: string, promised: Failure): void
  /** All tests pass while valgrind or the sanitizers watch. Claims link to `verify.test.ts#memcheck` or `#sanitizers`. */
  survives(watch: Watch, options?: TestOptions): void
  /** All tests pass where the crate is built with other features. Claims link to `verify.test.ts#<claim>`. */
  passes(claim: string, variant: Variant): void
}
