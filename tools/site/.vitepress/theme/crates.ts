import { withBase } from 'vitepress'
import type { Crate } from '../../src/crate/rename.ts'

/** The crates of a pattern. */
export const loadCrates = (slug: string): Promise<Crate[]> => load(`/${slug}/crates.json`)

/** The whole files of which a chapter shows something, by path from the pattern's folder. */
export const loadFiles = (slug: string): Promise<Record<string, string>> => load(`/${slug}/files.json`)

/** What the build left beside the pages. */
async function load<T>(path: string): Promise<T> {
  const response = await fetch(withBase(path))
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
  return response.json()
}
