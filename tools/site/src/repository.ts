import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repository that the pages are built from, as a reader reaches its files. */
export type Repository = {
  /** Absolute. */
  root: string
  /** Where a code host shows it, as `https://host/owner/name`; `null` where none is known. */
  url: string | null
  /** The commit that is checked out. */
  commit: string
  /** The Markdown files that git tracks or would add, as paths from the root. */
  pages: readonly string[]
}

/**
 * Reads what git says of the checkout in `root`. The address is SITE_REPOSITORY, or that of the repository whose
 * workflow runs here, or the one of the remote `origin`.
 */
export function openRepository(root: string, env: NodeJS.ProcessEnv): Repository {
  const { SITE_REPOSITORY, GITHUB_SERVER_URL, GITHUB_REPOSITORY } = env
  const ofWorkflow = GITHUB_REPOSITORY && `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_REPOSITORY}`
  const listed = git(root, 'ls-files', '-co', '--exclude-standard', '-z', '*.md') ?? ''
  return {
    root,
    url: SITE_REPOSITORY || ofWorkflow || webAddress(git(root, 'remote', 'get-url', 'origin') ?? ''),
    commit: git(root, 'rev-parse', 'HEAD') ?? 'HEAD',
    pages: [...new Set(listed.split('\0').filter((path) => path !== ''))].sort(),
  }
}

/** The last commit that changed one of `paths`, and its day; `null` where one of them is not as that commit has it. */
export function lastChange(root: string, paths: readonly string[]): { commit: string; date: string } | null {
  if (git(root, 'status', '--porcelain', '--', ...paths) !== '') return null
  const [commit, date] = (git(root, 'log', '-1', '--format=%h %cs', '--', ...paths) ?? '').split(' ')
  return commit && date ? { commit, date } : null
}

/** The page of a code host for a file or a folder of the repository, at the commit, and at the line if one is given. */
export function fileAddress(
  { url, commit }: Repository,
  path: string,
  line: number | null = null,
): string | null {
  if (url === null) return null
  return `${url}/blob/${commit}/${path.split('/').map(encodeURIComponent).join('/')}${line ? `#L${line}` : ''}`
}

/** The page of a code host for a commit. */
export const commitAddress = ({ url }: Repository, commit: string): string | null =>
  url === null ? null : `${url}/commit/${commit}`

/**
 * The line of a file on which a test or another name begins: that of `fn name` in Rust, else the first that has the
 * name as a word. `null` where the file or the name is not there.
 */
export function lineOf(root: string, path: string, name: string): number | null {
  let lines: string[]
  try {
    lines = readFileSync(join(root, path), 'utf8').split('\n')
  } catch {
    return null
  }
  const word = RegExp.escape(name)
  const patterns = [new RegExp(`\\bfn ${word}\\b`), new RegExp(`\\b${word}\\b`)]
  const at = patterns.map((pattern) => lines.findIndex((line) => pattern.test(line)))
  return (at.find((index) => index >= 0) ?? -1) + 1 || null
}

/** `https://host/owner/name` of a remote that is reached by HTTPS or SSH; `null` of a path. */
function webAddress(remote: string): string | null {
  const [, host, path] =
    /^(?:https:\/\/(?:[^/@]*@)?|ssh:\/\/git@|git@)([\w.-]+)[:/](.+?)(?:\.git)?$/.exec(remote) ?? []
  return host && path ? `https://${host}/${path}` : null
}

function git(root: string, ...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}
