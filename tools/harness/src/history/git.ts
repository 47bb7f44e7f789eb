import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MOST_BYTES = 64 * 1024 * 1024

/**
 * A file as a commit has it, or `null` when it has none, there is no such commit, no repository or no git. `path` is
 * from `root`, which is the repository's folder or lies in it.
 */
export async function committed(root: string, commit: string, path: string): Promise<Buffer | null> {
  return git(root, ['show', `${commit}:./${path}`])
}

/** The last commits that changed one of `paths`, newest first. */
export async function commitsOf(root: string, paths: readonly string[], count: number): Promise<string[]> {
  const args = ['log', '--first-parent', '--format=%H', `--max-count=${count}`, '--', ...paths]
  const said = await git(root, args)
  return (
    said
      ?.toString()
      .split('\n')
      .filter((line) => line !== '') ?? []
  )
}

async function git(root: string, args: readonly string[]): Promise<Buffer | null> {
  const options = { cwd: root, encoding: 'buffer', maxBuffer: MOST_BYTES } as const
  return run('git', args, options).then(
    ({ stdout }) => stdout,
    () => null,
  )
}
