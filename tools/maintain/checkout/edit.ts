import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Replaces `found`, which must be there, in a file. Answers how to put the whole file back as it was, with a new
 * time, as an editor does.
 */
export function edit(path: string, found: string, by: string): () => void {
  const before = readFileSync(path, 'utf8')
  if (!before.includes(found)) throw new Error(`${path} does not hold ${JSON.stringify(found)}`)
  writeFileSync(path, before.replaceAll(found, by))
  return () => writeFileSync(path, before)
}

/**
 * The same in a source of the pattern in `dir` and in the chapter that shows it, so that only what is compiled and
 * run can tell the difference.
 */
export function editShown(dir: string, path: string, found: string, by: string): () => void {
  const fixes = [path, 'README.md'].map((name) => edit(join(dir, name), found, by))
  return () => {
    for (const fix of fixes) fix()
  }
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of npm, of which each caller knows the part that it changes.
export function editJson(path: string, change: (json: any) => void): void {
  const json = JSON.parse(readFileSync(path, 'utf8'))
  change(json)
  writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`)
}
