import type { Command, Outcome } from '../process/command.ts'
import type { FloorName } from './floors.ts'
import type { Need } from './needs.ts'

/** What one tool said of itself. */
export type Tool = {
  name: FloorName
  /** The program that was asked, as it is called: `g++`, `clang++-19`. */
  program: string
  /** Dotted numbers; `null` when it could not be started or did not tell. */
  version: string | null
  /** All that it said, trimmed; part of the toolchain's id. */
  output: string
}

/** A need that is not there: what was found, what was tried, and the command that adds it. */
export type MissingNeed = { need: Need; problem: string; fix: string }

/** Where commands run. Host and Docker stand behind this one type. */
export type Toolchain = {
  kind: 'host' | 'docker'
  /** 16 hexadecimal digits: a hash of the kind and of what the tools say they are. */
  id: string
  /** The id of all those that share its third-party crates. */
  seeds: string
  tools: readonly Tool[]
  /** What was asked for in `needs` and is not there. */
  missing: readonly MissingNeed[]
  /** Never rejects for what the command does: how it ended is in the outcome. */
  run(command: Command): Promise<Outcome>
}

/** A toolchain, or why there is none and what to do about it. */
export type Opened =
  | { kind: 'open'; toolchain: Toolchain }
  | { kind: 'unavailable'; problem: string; fix: string }
