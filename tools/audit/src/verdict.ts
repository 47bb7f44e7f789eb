/** What a reader who follows the guide gets of a block. */
export type Verdict =
  /** Compiled as the guide gives it, in a program or a test that ran and ended well. */
  | 'runs'
  /** Compiled as the guide gives it. */
  | 'builds'
  /** Compiled, with what the guide leaves out: see `help`. */
  | 'builds with help'
  /** Does not compile, or what it is part of does not run; or it compiles and the guide says that it must not. */
  | 'fails'
  /** Too little of anything to be tried: an elision where code must stand, a line of a signature. Never a failure. */
  | 'fragment'
  /** Code that no compiler came to: its section was ended, or this machine lacks what it needs. Never a pass. */
  | 'untried'
  /** A tree, a console session, output, a diagram, data of another kind. */
  | 'not code'

/** How the reason begins of a block that its page leaves out of the audit. */
export const LEFT_OUT = 'left out by the page: '

/** What the reason of an untried block begins with that was not even read. */
export const NOT_READ = 'not read: '

/** One thing that the guide leaves out and a reader has to add. */
export type Help = {
  kind:
    | 'header'
    | 'dependency'
    | 'feature'
    | 'include path'
    | 'main'
    | 'import'
    | 'standard'
    | 'edition'
    | 'manifest'
    | 'build script'
    | 'bridge include'
    | 'shared type'
    | 'module'
    | 'wrapper'
    | 'stub'
  /** In words, as a line of a to-do list: ``add `#include <vector>` to include/http_client.h``. */
  text: string
  /** What was added, where it was added: path within the assembled package, and its line there. */
  added: string
  file: string
}

/** What a compiler, a run or a check said, at the guide's own line and column. */
export type PageDiagnostic = {
  file: string
  line: number
  column: number
  /** One sentence. */
  message: string
  /** A compiler's own words below it. */
  detail: readonly string[]
}

export type BlockVerdict = {
  /** Of the page, and the line of its opening fence. */
  file: string
  line: number
  lang: string
  /** The section that it was tried in, `null` for what is not code. */
  group: string | null
  /** The file of the assembled package that it gives, as far as that is known. */
  path: string | null
  verdict: Verdict
  /** One sentence. */
  reason: string
  help: readonly Help[]
  error: PageDiagnostic | null
  /** Whether the guide itself says that it fails: then `fails` is what a reader expects. */
  asTold: boolean
  /** What a reader gets who copies what the page shows, where a block hides lines of itself; `null` where none does. */
  asSeen: Seen | null
}

export type Seen = { verdict: Verdict; reason: string; help: readonly Help[] }

/** A thing that no compiler says and that goes wrong all the same. */
export type Lint = PageDiagnostic & {
  /** `detached-thread`, `unbounded-channel`, ... */
  rule: string
  sureness: 'certain' | 'likely' | 'possible'
  /** Why it goes wrong, and the chapter of the guide that shows the right way. */
  why: string
  chapter: string
}

/** One example of the guide: blocks that a reader puts together. */
export type GroupReport = {
  name: string
  /** How its program ended and what it printed, when it has one and all of it was built. */
  run: Run | null
  /** Whether its verdicts came from the cache. */
  cached: boolean
  durationMs: number
  /** Where the assembled package was kept, with --keep. */
  kept: string | null
}

export type Run = {
  command: string
  ending: string
  stdout: string
  stderr: string
  /** Whether it printed the same when it was started once more; false where it was not. */
  steady: boolean
  durationMs: number
}

/** All that an audit saw. Reports are made of it and of nothing else. */
export type Audit = {
  toolchain: string
  blocks: readonly BlockVerdict[]
  groups: readonly GroupReport[]
  lints: readonly Lint[]
  /** What could not be read: a page that is not there, bytes that are not UTF-8, an unclosed fence. */
  troubles: readonly PageDiagnostic[]
  durationMs: number
}
