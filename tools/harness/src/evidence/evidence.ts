import type { Finding } from '@cookbook/guide'
import type { Ending, Tool } from '@cookbook/toolchain'

/** What one verification of one pattern saw. It is the task's turbo output, so a cache hit replays it. */
export type Evidence = {
  pattern: string
  chapter: { file: string; title: string }
  toolchain: { kind: 'host' | 'docker'; id: string; tools: readonly Tool[] }
  /** SHA-256 over the contents of everything that this verification was about. */
  digest: string
  /** turbo's hash of the task, where turbo ran it. */
  turboHash: string | null
  durationMs: number
  examples: readonly ExampleEvidence[]
  claims: readonly ClaimEvidence[]
  checks: readonly CheckEvidence[]
  commands: readonly CommandEvidence[]
  findings: readonly Finding[]
  /** An HMAC of all the rest, under a key that lies outside of the checkout. */
  seal: string
}

export type ExampleEvidence = {
  line: number
  lang: string
  /** `src/lib.rs` or `src/lib.rs#fetch_data`. */
  source: string
  verdict: 'verified' | 'failing' | 'unproved' | 'skipped'
}

export type ClaimEvidence = {
  line: number
  text: string
  /** `tests/cancel.rs#dropping_the_future_stops_the_cpp_work`. */
  test: string
  verdict: 'proved' | 'failing' | 'unproved' | 'skipped'
}

/** One check of the runner, as its vitest test; `reason` says why it was skipped. */
export type CheckEvidence = {
  name: string
  result: 'passed' | 'failed' | 'skipped'
  reason: string | null
  durationMs: number
}

export type CommandEvidence = {
  program: string
  args: readonly string[]
  cwd: string
  /** Beside the toolchain's own environment. */
  env: Readonly<Record<string, string>>
  limitMs: number
  ending: Ending
  durationMs: number
}

export const EVIDENCE_FILE = 'evidence.json'
