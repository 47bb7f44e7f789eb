import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'

const MODULES = join(import.meta.dirname, '../../../node_modules')

/**
 * Runs a program as somebody who knows nothing of this repository: with this Node, with caches of their own, and without
 * what npm and vitest say of it. Throws when it cannot be started or takes longer than the limit.
 */
export function runAsStranger(
  cwd: string,
  program: string,
  args: readonly string[],
  cache: string,
  timeout: number,
): { status: number | null; said: string } {
  const ours = /^(?:npm_(?:lifecycle|package)|NODE_(?:ENV|OPTIONS)|VITEST|CI$|GITHUB_|TURBO_)/i
  const passed = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !path.startsWith(join(MODULES, '.bin')))
  const env = {
    ...Object.fromEntries(passed),
    PATH: [dirname(process.execPath), ...paths].join(delimiter),
    XDG_CACHE_HOME: cache,
    NO_COLOR: '1',
  }
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout })
  if (error !== undefined) throw error
  return { status, said: `${stdout}${stderr}` }
}
