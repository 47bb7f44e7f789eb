import { statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The file that would be started for `program` in the folder `cwd`, or `null` when there is none. */
export function which(program: string, path: string, cwd: string): string | null {
  const places = program.includes('/')
    ? [join(program.startsWith('/') ? '/' : cwd, program)]
    : path.split(delimiter).map((folder) => join(folder, program))
  return places.find(isProgram) ?? null
}

function isProgram(place: string): boolean {
  try {
    const found = statSync(place, { throwIfNoEntry: false })
    return found?.isFile() === true && (found.mode & 0o111) !== 0
  } catch {
    // A folder of PATH that is a file or another user's; a shell goes on to the next one as well.
    return false
  }
}
