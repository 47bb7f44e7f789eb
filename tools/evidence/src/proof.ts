import { digestOf } from './digest.ts'
import { type Evidence, readEvidence } from './schema.ts'
import { isSealed } from './seal.ts'

/** What is known of a pattern's text as it lies here: what verified it, or why nothing that counts did. */
export type Proof =
  | {
      kind: 'verified'
      evidence: Evidence
      /** `rustc 1.95.0`, `g++ 12.2.0` and the memory tools that all tests ran under. */
      tools: readonly string[]
      /** Its day, as `2026-11-29`. */
      date: string
    }
  | { kind: 'unknown'; why: string }

/** The compilers and build tools that are named beside a block. */
const COMPILERS = ['rustc', 'g++', 'clang++', 'cmake']
/** What the checks that run all tests again under a memory tool are called, and the tools. */
const MEMORY_TOOLS: Readonly<Record<string, readonly string[]>> = {
  'verify.test.ts#memcheck': ['valgrind'],
  'verify.test.ts#sanitizers': ['AddressSanitizer', 'LeakSanitizer', 'UndefinedBehaviorSanitizer'],
}

/**
 * Reads the evidence of the pattern in `dir`. It counts where its seal holds and its digest is that of the files as they
 * lie here now: evidence of another text proves nothing of this one.
 */
export function proofOf(root: string, dir: string): Proof {
  const evidence = readEvidence(dir)
  if (evidence === null) return { kind: 'unknown', why: 'there is no evidence' }
  if (!isSealed(evidence)) return { kind: 'unknown', why: 'the evidence bears no seal of this user or team' }
  if (evidence.digest !== digestOf(root, dir))
    return { kind: 'unknown', why: 'files changed since verification' }
  const tools = [...compilersOf(evidence), ...memoryToolsOf(evidence)]
  return { kind: 'verified', evidence, tools, date: evidence.date.slice(0, 10) }
}

function compilersOf({ toolchain }: Evidence): string[] {
  return toolchain.tools.flatMap(({ name, version }) =>
    COMPILERS.includes(name) && version !== null ? [`${name} ${version}`] : [],
  )
}

function memoryToolsOf({ checks }: Evidence): string[] {
  return checks.flatMap(({ name, result }) => (result === 'passed' ? (MEMORY_TOOLS[name] ?? []) : []))
}
