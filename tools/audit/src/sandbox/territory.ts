import { join, relative } from 'node:path'

/** What of the work folder a command may see, as far as it may see any of it. All paths are absolute. */
export type Territory = {
  writable: readonly string[]
  readable: readonly string[]
  /** Within what is writable: where the audit itself writes between two commands. */
  shared: readonly string[]
}

/**
 * A section's commands write their section's own folder and read the compiled crates; the commands that compile
 * crates write these. What the audit itself remembers is nobody's.
 */
export function territoryOf(folder: string, cwd: string): Territory {
  const [kind, name] = relative(folder, cwd).split('/')
  const seed = join(folder, 'seed')
  if (name === undefined || name === '..') return NOWHERE
  const own = join(folder, kind!, name)
  if (kind === 'groups') return { writable: [own], readable: [seed], shared: [join(own, 'package')] }
  if (kind === 'stubs') return { writable: [own, seed], readable: [], shared: [own] }
  return NOWHERE
}

/** For a command that needs none of it. */
export const NOWHERE: Territory = { writable: [], readable: [], shared: [] }
