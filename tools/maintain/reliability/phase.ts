import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const WHOLE = 'the guide as a whole'
export const RUNNING = 'running the examples and tests'
const WRITTEN = 'the evidence being written, and the end of the runner'

/** The parts of a run, by a program that only they run; what comes later in a run, or runs below, comes first. */
const PROGRAMS = {
  [WHOLE]: /\bnode verify\.ts/,
  'running the examples and tests':
    /\/debug\/(?:deps\/|examples\/)?(?:ebb|height)(?:-[0-9a-f]{16})?(?: --exact|\s*$)/,
  linking: /\/(?:collect2|ld|rust-lld) |\bcc -m64 /,
  'compiling C++': /\bcc1plus .*-MMD|\bas -I include /,
  'the build script': /build-script-build/,
  'compiling Rust': /\brustc --crate-name/,
  'cargo before and after it compiles': /\bcargo\S* .*--message-format=json/,
  'the runner before and after cargo': /vitest/,
  'asking the toolchain': /\bnpm run probe\b|probe-task/,
  'turbo before and after its tasks': /\bturbo\b/,
} as const

/** Killed before anything of ours ran. */
export const BEFORE = 'npm'
/** What was to be killed was over. */
export const AFTER = 'its end'
/** All that a run goes through, from its end to its beginning. */
export const PHASES: readonly string[] = [WHOLE, WRITTEN, ...Object.keys(PROGRAMS).slice(1)]

/**
 * In which part of a run that began at `since` the processes with these command lines worked; `null` where there were
 * none but npm's. `dir` is the pattern's, into which a runner puts its evidence last.
 */
export function phaseOf(lines: readonly string[], dir: string, since: number): string | null {
  const isIn = (name: keyof typeof PROGRAMS) => lines.some((line) => PROGRAMS[name].test(line.trim()))
  const names = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]
  const found = names.find(isIn) ?? null
  const ends = found !== WHOLE && isIn('the runner before and after cargo') && isWritten(dir, since)
  return ends ? WRITTEN : found
}

/** The evidence, or what becomes it when it is whole. */
function isWritten(dir: string, since: number): boolean {
  const written = readdirSync(dir).filter((name) => /^\.?evidence\.json/.test(name))
  const timeOf = (name: string) => statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return written.some((name) => timeOf(name) > since)
}
