import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AFFECTED_TASKS, affectedPatterns } from './affected.ts'
import { type Shard, shards } from './shards.ts'

/**
 * The matrix of a pull request: the patterns that turbo says are affected since the commit `base`, in at most
 * `most` shards. Throws when the clone does not have `base`: without it, turbo would take everything for changed.
 */
export function matrix(root: string, base: string, most: number): Shard[] {
  if (!/^[0-9a-f]{40}$/.test(base)) throw new Error(`${JSON.stringify(base)} is not the hash of a commit`)
  const start = commonAncestor(root, base)
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
  try {
    const variables = join(folder, 'variables.json')
    writeFileSync(variables, JSON.stringify({ base: start }))
    const turbo = join(root, 'node_modules/.bin/turbo')
    const answer = execFileSync(turbo, ['query', AFFECTED_TASKS, '--variables', variables], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return shards(affectedPatterns(answer), most)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What the branch changed counts, and not what came to the base since. */
function commonAncestor(root: string, base: string): string {
  try {
    return execFileSync('git', ['merge-base', base, 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    throw new Error(`the clone lacks ${base} or what joins it to HEAD: check out with fetch-depth: 0`)
  }
}
