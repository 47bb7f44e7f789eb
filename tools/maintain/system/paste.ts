import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseChapter } from '@cookbook/guide'

/**
 * Writes what a reader copies from the chapter of the pattern in `dir`, in its order, into the files that it names,
 * below `folder`. Answers those files.
 */
export function pasteChapter(dir: string, folder: string): Map<string, string> {
  const chapter = parseChapter(readFileSync(join(dir, 'README.md')), 'README.md')
  const files = new Map<string, string>()
  for (const { source, text } of chapter.examples)
    files.set(source.path, `${files.get(source.path) ?? ''}${text}\n`)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return files
}
