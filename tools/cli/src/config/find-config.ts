import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const CONFIG_NAMES = ['cookbook.config.json', 'cookbook.config.ts'] as const

/** The configuration of the folder `cwd`: in it or the nearest one above, and not above its repository. */
export function findConfig(
  cwd: string,
): { kind: 'found'; file: string | null } | { kind: 'refused'; problem: string } {
  const files = CONFIG_NAMES.map((name) => join(cwd, name)).filter((file) => existsSync(file))
  if (files.length > 1)
    return {
      kind: 'refused',
      problem: `${files.join(' and ')} are both there, expected one: remove the other`,
    }
  if (files.length === 1) return { kind: 'found', file: files[0]! }
  if (existsSync(join(cwd, '.git')) || dirname(cwd) === cwd) return { kind: 'found', file: null }
  return findConfig(dirname(cwd))
}
