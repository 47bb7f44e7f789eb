/** What a runner can say, in types alone, of this module alone: the npm package declares its harness with this text. */

export type ProgramOptions = {
  /** Milliseconds until the program must have ended; 60 s by default. */
  timeoutMs?: number
}

export type TestOptions = {
  /** Milliseconds for one test; 30 s by default. */
  timeoutMs?: number
}

/** The error that a Rust file must have. */
export type Rejection = {
  /** `null` for an error of a macro, which has none. */
  code: string | null
  /** A part of its message, or all of it. */
  says: string
  /** Its line, where the error must stand there. */
  line?: number
  /** The file that holds all that rustc shows of it, where the chapter shows that. */
  shown?: string
  /** The code of an error that some compilers add, for what the promised one left undone. It is not in `shown`. */
  follows?: string
}

/** The error that a C++ file must have. Both compilers refuse it, each in words of its own. */
export type CxxRejection = {
  /** A part of the first error's message. */
  says: { gcc: string; clang: string }
  /** Its line, where the error must stand there. */
  line?: number
}

/** What checks a pattern's memory while its programs run. */
export type MemoryTool = 'memcheck' | 'sanitizers'

/** How a bad variant must fail. */
export type Failure = {
  /** A program or an example of the crate; one that CMake built only without a memory tool. */
  program: string
  args?: readonly string[]
  /** A part of what it prints, or of what valgrind or the sanitizers report. */
  says: string
  /** Where it fails so only while the compiler adds debug assertions. */
  profile?: 'debug'
  /** Milliseconds; 60 s by default. A program that hangs is given 10 s by default, and then ended. */
  timeoutMs?: number
} & (
  | { ends: number | NodeJS.Signals | 'hangs'; under?: never }
  | { /** Who must report it: it then ends as they end it. */ under: MemoryTool; ends?: never }
)

/** How the crate is built instead. */
export type Variant = TestOptions & {
  /** Of the crate, in place of its default ones. */
  features: readonly string[]
  /** The library of the system that it is linked with. */
  library?: string
}

/** What a runner says of its pattern; each line is a check that a claim of the chapter can link to. */
export type Pattern = {
  /** A program or an example of the crate, or a program that CMake built, prints exactly what `expected` holds. */
  prints(program: string, expected: string, options?: ProgramOptions): void
  /** Each test of a Rust test file passes, in a process of its own. Claims link to `file#test`. */
  proves(file: string, options?: TestOptions): void
  /**
   * The same of the tests that have calls fail: threads, descriptors, memory. Each may take 120 s by default. Skipped
   * where that cannot be done.
   */
  withstands(file: 'tests/faults.rs', options?: TestOptions): void
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
  /** All tests pass under valgrind or the sanitizers. Claims link to `verify.test.ts#memcheck` or `#sanitizers`. */
  survives(memoryTool: MemoryTool, options?: TestOptions): void
  /** All tests pass where the crate is built with other features. Claims link to `verify.test.ts#<claim>`. */
  passes(claim: string, variant: Variant): void
}

/** Reads and builds the pattern in a folder, and registers the checks that every pattern has. */
export type ReadPattern = (dir: string) => Promise<Pattern>
