import { execFile } from 'node:child_process'
import { cellAtHand } from '../probe/cell.ts'
import { shortfallLines } from '../probe/messages.ts'
import { findCxx, identify, identifySeeds, probe } from '../probe/probe.ts'
import { shortfalls } from '../probe/shortfalls.ts'
import type { Opened } from '../probe/toolchain.ts'
import { batch } from '../process/batch.ts'
import type { Command, Outcome } from '../process/command.ts'
import { hostEnvironment } from '../process/environment.ts'
import { type ProvideOptions, provideNeeds } from '../provide/provide.ts'

const ASK_LIMIT_MS = 30_000

type Environment = Readonly<Record<string, string>>

/**
 * The machine's own compilers with what of `options.needs` is there, or which compilers are missing or too old. `root`
 * is the repository's folder.
 */
export async function openHost(root: string, options: ProvideOptions): Promise<Opened> {
  const caller = hostEnvironment()
  const cell = cellAtHand()
  const runIn = (environment: Environment) => async (command: Command) => {
    // Loaded for the first command: the probe only asks, and a cached run would pay for it.
    const { runOnHost } = await import('../process/host.ts')
    return runOnHost(command, environment)
  }
  const cxx = findCxx(caller.PATH ?? '', root, cell?.cxx ?? caller.CXX)
  const base = { ...caller, CXX: cxx }
  const ask = questions(root, base)
  const [tools, provided] = await Promise.all([
    probe(ask, root, cxx),
    provideNeeds(root, cxx, base, { ask, runIn }, options),
  ])
  const lacking = shortfalls(tools).filter(({ needed }) => needed)
  if (lacking.length > 0) return { kind: 'unavailable', ...shortfallLines(lacking) }
  const all = [...tools, ...provided.tools]
  return {
    kind: 'open',
    toolchain: {
      kind: 'host',
      id: identify('host', all, cell),
      // Third-party crates need nothing of what a pattern needs.
      seeds: identifySeeds('host', tools, cell),
      tools: all,
      missing: provided.missing,
      run: runIn({ ...base, ...provided.environment }),
    },
  }
}

/** Asks tools what they are, those that are asked in one go by one process. */
export function questions(root: string, environment: Environment): (command: Command) => Promise<Outcome> {
  const options = { cwd: root, env: environment, timeout: ASK_LIMIT_MS, encoding: 'utf8' } as const
  return batch(
    (script) =>
      new Promise((resolve) => {
        execFile('sh', ['-c', script], options, (error, stdout) => resolve(error === null ? stdout : null))
      }),
  )
}
