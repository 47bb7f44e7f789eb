import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One line of a pattern changed, so that the test of one claim must fail. */
export type Mutation = {
  /** `tests/cancel.rs#dropping_the_future_stops_the_cpp_work`. */
  claim: string
  /** From the pattern's folder. */
  file: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
}

/** The mutations that a pattern keeps in mutations.json. `dir` is its folder. */
export function readMutations(dir: string): Mutation[] {
  return JSON.parse(readFileSync(join(dir, 'mutations.json'), 'utf8'))
}

/** Applies one in `dir` and answers what takes it back. Throws when the text to be found is not there once. */
export function mutate(dir: string, { file, find, replace }: Mutation): () => void {
  const path = join(dir, file)
  const text = readFileSync(path, 'utf8')
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`${file} holds ${JSON.stringify(find)} ${times} times, expected once`)
  writeFileSync(path, text.split(find).join(replace))
  return () => writeFileSync(path, text)
}
