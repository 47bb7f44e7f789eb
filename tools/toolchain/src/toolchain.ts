import type { Command, Outcome } from './command.ts'

/** What one tool said of itself. */
export type Tool = {
  /** The name in floors.json: `rustc`, `c++`, `cmake`, ... */
  name: string
  /** The program that was asked, as it is called: `g++`, `clang++-19`. */
  program: string
  /** `null` when it could not be started. */
  version: string | null
  /** All that it said, trimmed; part of the toolchain's id. */
  says: string
}

/** Where commands run. Host and Docker stand behind this one type. */
export type Toolchain = {
  kind: 'host' | 'docker'
  /** 16 hexadecimal digits: a hash of the kind and of what the tools say they are. */
  id: string
  tools: readonly Tool[]
  /** Never rejects for what the command does: how it ended is in the outcome. */
  run(command: Command): Promise<Outcome>
}
