/** A position as a tool wrote it: the caller knows what the path is relative to. Line and column begin at 1. */
export type ToolLocation = { path: string; line: number; column: number }

/** What a compiler, cargo, CMake, a linker, a sanitizer or a program says is wrong, before anybody resolves its paths. */
export type Diagnostic = {
  tool: 'rustc' | 'C++' | 'bridge' | 'linker' | 'cargo' | 'CMake' | 'panic' | 'memory'
  severity: 'fatal error' | 'error' | 'warning'
  /** `E0308` of rustc, the command of CMake; `null` where the tool gives none. */
  code: string | null
  message: string
  location: ToolLocation | null
  /** Where else to look, nearest first: other primary spans, what used a macro or a template or included it, outer frames. */
  related: readonly ToolLocation[]
  /** The lines that the tool shows below its message. */
  detail: readonly string[]
  /** Labels and notes, each whole. */
  notes: readonly string[]
  /** What the tool would write, and where. */
  suggestions: readonly (ToolLocation & { text: string })[]
  /** All of it, as the tool shows it to a person. */
  rendered: string
}

/** Of a message that is longer nobody reads on. */
const MESSAGE_CHARACTERS = 1_000

/** A diagnostic with what most tools do not say left empty. */
export function diagnostic(said: Pick<Diagnostic, 'tool' | 'message'> & Partial<Diagnostic>): Diagnostic {
  return {
    severity: 'error',
    code: null,
    location: null,
    related: [],
    detail: [],
    notes: [],
    suggestions: [],
    rendered: said.message,
    ...said,
    message: said.message.slice(0, MESSAGE_CHARACTERS),
  }
}

/** The first of each that has the same key: a crate is compiled more than once, and says the same each time. */
export function distinct<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...Map.groupBy(all, key).values()].map(([first]) => first!)
}
