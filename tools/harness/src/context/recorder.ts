import type { CheckEvidence, CommandEvidence } from '@cookbook/evidence'
import type { Finding } from '@cookbook/guide'
import type { Build, Read } from './built.ts'

/** What a check saw, beside what it found. */
export type Seen = {
  /** Paths within the package that a compiler read or whose content was compared with real output. */
  exercised?: Iterable<string>
  /** A build that was made to prove the chapter, and what compilers read in it. */
  built?: { build: Build; read: Read }
  /** The features of a build that had to be left out, for which the check says why. */
  skippedFeatures?: readonly string[]
}

/** All that a verification has seen so far. */
export type Recorded = {
  /** By check name; a claim names the check that proves it. */
  checks: ReadonlyMap<string, CheckEvidence>
  commands: readonly CommandEvidence[]
  /** What each check found, in the order in which the runner names the checks. */
  findings: readonly (readonly Finding[])[]
  /** What ended it from outside, a full disk or a lost container: all else that it found may come from that alone. */
  outside: Finding | null
  builds: readonly NonNullable<Seen['built']>[]
  skippedFeatures: readonly (readonly string[])[]
  exercised: ReadonlySet<string>
  /** Paths whose check began, so that its own finding says what is wrong. */
  attempted: ReadonlySet<string>
}

/** Collects what checks answer and what commands did: the one thing of a verification that changes. */
export type Recorder = {
  recorded: Recorded
  command(evidence: CommandEvidence): void
  /** Only the first counts. */
  outside(finding: Finding | null): void
  attempt(paths: readonly string[]): void
  see(seen: Seen): void
  /** What is found by no check. */
  find(findings: readonly Finding[]): void
  /** A check that was named, and has not begun. What it finds is put where it was named. */
  register(name: string): {
    state(state: Omit<CheckEvidence, 'name'>): void
    find(findings: readonly Finding[]): void
  }
}

/** Of a check that was registered and has not begun. */
export const NOT_RUN = 'did not run'

export function openRecorder(): Recorder {
  const [checks, exercised, attempted] = [
    new Map<string, CheckEvidence>(),
    new Set<string>(),
    new Set<string>(),
  ]
  const [commands, findings]: [CommandEvidence[], Finding[][]] = [[], []]
  const [builds, skippedFeatures]: [NonNullable<Seen['built']>[], (readonly string[])[]] = [[], []]
  const recorded = {
    checks,
    commands,
    findings,
    outside: null as Finding | null,
    builds,
    skippedFeatures,
    exercised,
    attempted,
  }
  return {
    recorded,
    command: (evidence) => commands.push(evidence),
    outside(finding) {
      recorded.outside ??= finding
    },
    attempt(paths) {
      for (const path of paths) attempted.add(path)
    },
    see(seen) {
      for (const path of seen.exercised ?? []) exercised.add(path)
      if (seen.built) builds.push(seen.built)
      if (seen.skippedFeatures) skippedFeatures.push(seen.skippedFeatures)
    },
    find: (found) => findings.push([...found]),
    register(name) {
      const own: Finding[] = []
      findings.push(own)
      const state = (state: Omit<CheckEvidence, 'name'>) => checks.set(name, { name, ...state })
      state({ result: 'failed', reason: NOT_RUN, durationMs: 0 })
      return { state, find: (found) => own.push(...found) }
    },
  }
}
