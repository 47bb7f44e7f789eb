import { cellAtHand } from './cell.ts'
import { hostEnvironment } from './environment.ts'
import { runOnHost } from './host.ts'
import { findCxx, identify, identifySeeds, probe } from './probe.ts'
import { shortfalls } from './shortfalls.ts'
import type { Opened } from './toolchain.ts'
import { shortfallLines } from './words.ts'

/** The machine's own compilers, or which of them are missing or too old. `root` is the repository's folder. */
export async function openHost(root: string): Promise<Opened> {
  const caller = hostEnvironment()
  const cell = cellAtHand()
  const chosen = cell?.cxx ?? caller.CXX
  const cxx = await findCxx((command) => runOnHost(command, caller), root, chosen)
  const environment = { ...caller, CXX: cxx }
  const run = (command: Parameters<typeof runOnHost>[0]) => runOnHost(command, environment)
  const tools = await probe(run, root, cxx)
  const lacking = shortfalls(tools).filter(({ needed }) => needed)
  if (lacking.length > 0) {
    const { problem, remedy } = shortfallLines(lacking)
    return { kind: 'unavailable', problem, remedy }
  }
  return {
    kind: 'open',
    toolchain: {
      kind: 'host',
      id: identify('host', tools, cell),
      seeds: identifySeeds('host', tools, cell),
      tools,
      run,
    },
  }
}
