import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { takeOptions } from '../take-options.ts'
import { findConfig } from './find-config.ts'
import type { Config } from './schema.ts'

/** A command line with what the configuration adds: options that it names too are the command line's. */
export type Configured =
  | { kind: 'configured'; args: string[]; paths: readonly string[] }
  | { kind: 'refused'; problem: string }

/** These name files and folders, which a configuration names from its own folder. */
const PLACES = new Set<keyof Config>(['paths', 'include', 'project', 'baseline'])

/**
 * Puts the options of the configuration at or above `cwd` before those that were typed. `--config FILE` is another
 * configuration, and `--no-config` none.
 */
export async function withConfig(args: readonly string[], cwd: string): Promise<Configured> {
  const { given, rest } = takeOptions(args, { flags: ['--no-config'], values: ['--config'] })
  const named = given.get('--config') ?? null
  if (given.has('--no-config')) return { kind: 'configured', args: rest, paths: [] }
  const found = named === null ? findConfig(cwd) : { kind: 'found' as const, file: resolve(cwd, named) }
  if (found.kind === 'refused') return found
  if (found.file === null) return { kind: 'configured', args: rest, paths: [] }
  // Loaded only if there is a file: to load the validator takes longer than to look for the file.
  const { readConfig } = await import('./read-config.ts')
  const read = await readConfig(found.file, cwd)
  if (read.kind === 'refused') return read
  const folder = dirname(found.file)
  const placed = (key: keyof Config, value: string) =>
    PLACES.has(key) && !isAbsolute(value) ? relative(cwd, join(folder, value)) || '.' : value
  const { $schema: _, paths = [], 'fail-on': failOn, ...options } = read.config
  const added = Object.entries(options).flatMap(([key, value]) => {
    if (typeof value === 'boolean') return value ? [`--${key}`] : []
    return [value ?? []].flat().map((one) => `--${key}=${placed(key as keyof Config, one)}`)
  })
  if (failOn !== undefined) added.push(`--fail-on=${failOn.join(',')}`)
  return { kind: 'configured', args: [...added, ...rest], paths: paths.map((path) => placed('paths', path)) }
}
