import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

export type Copy =
  | { kind: 'copied'; folder: string; commit: string; committed: string }
  | { kind: 'refused'; problem: string }

/**
 * The files of the newest commit of the git repository `source`, bare or not, in a folder below `temporary`: what was
 * edited and not committed is not part of a public guide.
 */
export function copyOf(source: string, temporary: string): Copy {
  const refused = (problem: string): Copy => ({ kind: 'refused', problem })
  if (!existsSync(source)) return refused(`${source} is not there, expected a clone of the guide`)
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', source, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const folder = join(temporary, 'guide')
  const archive = join(temporary, 'guide.tar')
  let shown: string
  try {
    shown = git('log', '-1', '--format=%H %cs')
    git('archive', `--output=${archive}`, 'HEAD')
  } catch {
    return refused(`${source} is no git repository, or its newest commit is not whole`)
  }
  mkdirSync(folder)
  execFileSync('tar', ['-xf', archive, '-C', folder])
  const [commit, committed] = shown.trim().split(' ')
  return { kind: 'copied', folder, commit: commit!, committed: committed! }
}
