import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { takeOptions } from '../take-options.ts'

export const CONFIG_NAMES = ['cookbook.config.json', 'cookbook.config.ts'] as const

/** Which configuration holds; one that is `trusted` was named or comes with --trust, and may run and name anything. */
export type Found =
  | { kind: 'found'; file: string | null; trusted: boolean; rest: string[] }
  | { kind: 'refused'; problem: string }

/**
 * The configuration that a command line names, from `cwd`; else the one that is found for `folder`. Whoever is handed a
 * guide is handed its configuration as well: one that is a program is not run unasked.
 */
export function findConfig(args: readonly string[], folder: string, cwd = folder): Found {
  const { given, rest } = takeOptions(args, { flags: ['--no-config'], values: ['--config'] })
  const named = given.get('--config') ?? null
  if (given.has('--no-config')) return { kind: 'found', file: null, trusted: true, rest }
  if (named !== null) return { kind: 'found', file: resolve(cwd, named), trusted: true, rest }
  const found = search(folder)
  if (found.kind === 'refused') return found
  const { file } = found
  const trusted = takeOptions(args, { flags: ['--trust'], values: [] }).given.has('--trust')
  if (file?.endsWith('.ts') && !trusted)
    return {
      kind: 'refused',
      problem: `${file} is a program, which no guide may start: name it with --config ${file}`,
    }
  return { kind: 'found', file, trusted, rest }
}

/** In a folder or the nearest one above, and not above its repository. */
function search(
  folder: string,
): { kind: 'found'; file: string | null } | { kind: 'refused'; problem: string } {
  const files = CONFIG_NAMES.map((name) => join(folder, name)).filter((file) => existsSync(file))
  if (files.length > 1)
    return {
      kind: 'refused',
      problem: `${files.join(' and ')} are both there, expected one: remove the other`,
    }
  if (files.length === 1) return { kind: 'found', file: files[0]! }
  if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return { kind: 'found', file: null }
  return search(dirname(folder))
}

/** The nearest folder above that holds a repository, else the folder itself. */
export function repositoryOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, '.git'))) return at
  return folder
}
