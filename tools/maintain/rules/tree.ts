import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

/** The files that git tracks or would add, as paths from the root; those that match `pattern`. */
export function trackedFiles(pattern = /./): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const deleted = execFileSync('git', ['ls-files', '-d', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0')
  return [...new Set(listed.split('\0'))].filter(
    (path) => path !== '' && pattern.test(path) && !deleted.includes(path),
  )
}

export function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of many shapes, read by rules that say what they expect.
export function json(path: string): any {
  return JSON.parse(text(path))
}
