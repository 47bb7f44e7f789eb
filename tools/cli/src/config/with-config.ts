import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type Found, findConfig, repositoryOf } from './find-config.ts'
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
  const found = findConfig(args, cwd)
  return found.kind === 'refused' ? found : withFound(found, cwd)
}

/** The same of a configuration that was looked for already. */
export async function withFound(
  { file, trusted, rest }: Extract<Found, { kind: 'found' }>,
  cwd: string,
): Promise<Configured> {
  if (file === null) return { kind: 'configured', args: rest, paths: [] }
  // Loaded only if there is a file: to load the validator takes longer than to look for the file.
  const { readConfig } = await import('./read-config.ts')
  const read = await readConfig(file, cwd)
  if (read.kind === 'refused') return read
  const folder = dirname(file)
  const outside = trusted ? null : outsideOf(repositoryOf(folder), folder, read.config)
  if (outside !== null) {
    const name = relative(cwd, file)
    return {
      kind: 'refused',
      problem: `${name} names ${outside}, which lies outside of its repository: name it in the command, or the file with --config ${name}`,
    }
  }
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

/** The first path of a configuration that lies outside of its repository; `null` when none does. */
function outsideOf(repository: string, folder: string, config: Config): string | null {
  const named = [...PLACES].flatMap((key) => [config[key] ?? []].flat().map(String))
  const home = realpathSync(repository)
  const isOutside = (path: string) => {
    const real = existing(resolve(realpathSync(folder), path))
    return real !== home && !real.startsWith(`${home === sep ? '' : home}${sep}`)
  }
  return named.find(isOutside) ?? null
}

/** The path without links, as far as there is something. */
function existing(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return dirname(path) === path ? path : join(existing(dirname(path)), basename(path))
  }
}
