import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutation } from '@cookbook/guide'

/** Applies one in `dir` and answers what takes it back. Throws when the text to be found is not there once. */
export function mutate(dir: string, { file, find, replace }: Mutation): () => void {
  const path = join(dir, file)
  const text = readFileSync(path, 'utf8')
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`${file} holds ${JSON.stringify(find)} ${times} times, expected once`)
  writeFileSync(path, text.split(find).join(replace))
  return () => writeFileSync(path, text)
}
