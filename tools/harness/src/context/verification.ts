import { dirname } from 'node:path'
import { type PatternPackage, readPackage } from '@cookbook/guide'
import {
  type BuildProfile,
  type Cell,
  type Command,
  cellAtHand,
  covered,
  exitStatusOf,
  type Outcome,
  openToolchain,
  readNeeds,
  succeeded,
  type Toolchain,
  targetFolder,
} from '@cookbook/toolchain'
import { readAtHand } from '@cookbook/toolchain/at-hand'
import { settingOf } from './cell.ts'
import { coverageFolder } from './coverage-folder.ts'
import { type Crate, cratesOf } from './crate.ts'
import { outsideFinding } from './outside.ts'
import { openRecorder, type Recorder } from './recorder.ts'
import type { Wrap } from './wrap.ts'

/** One verification of one pattern: what its checks work with, which does not change, and who records what they see. */
export type Verification = Readonly<{
  root: string
  dir: string
  pkg: PatternPackage
  /** Its own crate, and the small one where it has that. */
  crates: readonly Crate[]
  toolchain: Toolchain
  /** The cell of the matrix that is at hand, or `null`. */
  cell: Cell | null
  /** How the pattern is built, unless a check says otherwise. */
  buildProfile: BuildProfile
  /** The memory tool around every program, unless a check says otherwise. */
  wrap: Wrap
  /** The pattern's own cargo target folder. */
  target: string
  started: number
  /** The folder that its evidence is written to. */
  records: string
  /** Whether everything of the pattern was built; what names something that is not there is wrong only then. */
  built: boolean
  recorder: Recorder
}>

/** Opens the toolchain and reads the package in `dir`. Rejects when there is no toolchain, saying what to do. */
export async function begin(dir: string): Promise<Verification> {
  const root = dirname(dirname(dir))
  const read = await readNeeds(dir)
  if ('problem' in read) throw new Error(`${read.problem}\n  ${read.fix}`)
  const [opened, pkg] = await Promise.all([
    openToolchain(root, undefined, { needs: read.needs }),
    readPackage(root, dir),
  ])
  if (opened.kind === 'unavailable') throw new Error(`no toolchain: ${opened.problem}\n  ${opened.fix}`)
  const confirmed = await agreeWithTurbo(opened.toolchain, dir)
  const coverage = coverageFolder()
  const toolchain = coverage === null ? confirmed : await covered(root, confirmed, coverage)
  const cell = cellAtHand()
  return {
    root,
    dir,
    pkg,
    crates: await cratesOf(pkg),
    toolchain,
    cell,
    ...settingOf(cell, toolchain),
    target: targetFolder(root, toolchain, pkg.slug),
    started: performance.now(),
    records: coverage ?? dir,
    built: false,
    recorder: openRecorder(),
  }
}

/**
 * turbo files the evidence under the toolchain of at-hand.json. Another run in this checkout, with another toolchain,
 * may have written that file since: then this one must not end well.
 */
async function agreeWithTurbo(toolchain: Toolchain, dir: string): Promise<Toolchain> {
  if (process.env.TURBO_HASH === undefined) return toolchain
  const { kind, id } = toolchain
  const atHand = await readAtHand(dir)
  // The probe alone tried to download what is missing, and knows why it could not.
  if (atHand.id === id) return { ...toolchain, missing: atHand.missing }
  const both = `turbo asked for ${atHand.kind} ${atHand.id}, and this is ${kind} ${id}`
  throw new Error(`two toolchains at work in one checkout: ${both}\n  let one run end, then: npm run verify`)
}

/** Runs a command and keeps how it ended as evidence. */
export async function run(verification: Verification, command: Command): Promise<Outcome> {
  const outcome = await verification.toolchain.run(command)
  const { program, args, cwd, env = {}, timeoutMs } = command
  if (!succeeded(outcome, command)) noteOutside(verification, program, outcome)
  verification.recorder.command({
    program,
    args,
    cwd,
    env,
    limitMs: timeoutMs,
    exitStatus: exitStatusOf(outcome),
    durationMs: Math.round(outcome.durationMs),
  })
  return outcome
}

/** Keeps in mind that a command failed for a reason that no chapter can fix. */
export function noteOutside(verification: Verification, what: string, outcome: Outcome): void {
  verification.recorder.outside(outsideFinding(verification.pkg.chapter.file, what, outcome))
}
