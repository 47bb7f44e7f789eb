/**
 * Where a run that is about coverage leaves what it saw, which is no evidence of what a reader builds; `null` in a
 * verification.
 */
export function coverageFolder(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.COVERAGE_FOLDER || null
}

/** In that folder: a JSON list of the programs that were linked, which know the lines of Rust. */
export const LINKED_FILE = 'linked.json'
