import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FindingCode } from '@cookbook/guide'
import { CAUSES } from '@cookbook/guide/causes'
import type { FloorName } from '@cookbook/toolchain'
import * as v from 'valibot'
import { parseAs } from './json.ts'
import { EVIDENCE_FILE, VERSION } from './version.ts'

const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly())
const texts = list(v.string())
const nullable = v.nullable(v.string())
/** A name of which there are too many to list here. */
const name = <T extends string>() => v.custom<T>((value) => typeof value === 'string')

const FINDING = v.object({
  code: v.picklist(Object.keys(CAUSES) as FindingCode[]),
  severity: v.picklist(['error', 'warning']),
  file: v.string(),
  line: v.number(),
  column: v.number(),
  message: v.string(),
  detail: texts,
  fix: v.string(),
})

const TOOL = v.object({ name: name<FloorName>(), program: v.string(), version: nullable, output: v.string() })

const EXIT_STATUS = v.variant('kind', [
  v.object({ kind: v.literal('exited'), code: v.number() }),
  v.object({ kind: v.literal('signaled'), signal: name<NodeJS.Signals>() }),
  v.object({ kind: v.literal('timed-out'), limitMs: v.number() }),
  v.object({ kind: v.literal('output-limit'), limitBytes: v.number() }),
  v.object({ kind: v.literal('missing'), program: v.string() }),
  v.object({ kind: v.literal('lost'), container: v.string() }),
  v.object({ kind: v.literal('sandbox-limit'), reason: v.string() }),
])

const EXAMPLE = v.object({
  line: v.number(),
  lang: v.string(),
  /** `src/lib.rs` or `src/lib.rs#fetch_data`. */
  source: v.string(),
  verdict: v.picklist(['verified', 'failing', 'unproved', 'skipped']),
})

const CLAIM = v.object({
  line: v.number(),
  text: v.string(),
  /** `tests/cancel.rs#dropping_the_future_stops_the_cpp_work`. */
  test: v.string(),
  verdict: v.picklist(['proved', 'failing', 'unproved', 'skipped']),
})

/** One check of the runner, as its vitest test; `reason` says why it was skipped. */
const CHECK = v.object({
  name: v.string(),
  result: v.picklist(['passed', 'failed', 'skipped']),
  reason: nullable,
  durationMs: v.number(),
})

const COMMAND = v.object({
  program: v.string(),
  args: texts,
  cwd: v.string(),
  /** Beside the toolchain's own environment. */
  env: v.pipe(v.record(v.string(), v.string()), v.readonly()),
  limitMs: v.number(),
  exitStatus: EXIT_STATUS,
  durationMs: v.number(),
})

const EVIDENCE = v.object({
  version: v.literal(VERSION),
  pattern: v.string(),
  chapter: v.object({ file: v.string(), title: v.string() }),
  toolchain: v.object({ kind: v.picklist(['host', 'docker']), id: v.string(), tools: list(TOOL) }),
  /** SHA-256 over the contents of everything that this verification was about. */
  digest: v.string(),
  /** turbo's hash of the task, where turbo ran it. */
  turboHash: nullable,
  /** When it was written, as `2026-11-29T02:44:46.000Z`. */
  date: v.pipe(v.string(), v.isoTimestamp()),
  durationMs: v.number(),
  examples: list(EXAMPLE),
  claims: list(CLAIM),
  checks: list(CHECK),
  commands: list(COMMAND),
  findings: list(FINDING),
  /** An HMAC of all the rest, under a key that lies outside of the checkout; of what nobody sealed there is none. */
  seal: v.optional(v.string()),
})

/** What one verification of one pattern saw. It is the task's turbo output, so a cache hit replays it. */
export type Evidence = v.InferOutput<typeof EVIDENCE>
/** What the harness saw; the version, the date and the seal are put to it when it is written. */
export type Observed = Omit<Evidence, 'version' | 'date' | 'seal'>
export type ExampleEvidence = v.InferOutput<typeof EXAMPLE>
export type ClaimEvidence = v.InferOutput<typeof CLAIM>
export type CheckEvidence = v.InferOutput<typeof CHECK>
export type CommandEvidence = v.InferOutput<typeof COMMAND>

/** Evidence from its text; `null` for what is no JSON, of another version, or has not all parts. */
export const parseEvidence = (text: string) => parseAs(EVIDENCE, text)

/** The findings that the guide as a whole leaves in its own evidence file. */
export const parseFindings = (text: string) => parseAs(list(FINDING), text)

/** The evidence in a folder; `null` where there is none that can be read. */
export function readEvidence(dir: string): Evidence | null {
  try {
    return parseEvidence(readFileSync(join(dir, EVIDENCE_FILE), 'utf8'))
  } catch {
    return null
  }
}
