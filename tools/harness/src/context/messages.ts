import { crateFolderOf, cutLine, type PatternPackage } from '@cookbook/guide'
import { describeExit, type ExitStatus } from '@cookbook/toolchain'

/** What this package says to people, where more than one place says it. */

export const MORE_TIME = '; or give it more time with timeoutMs in verify.test.ts'
/** Why a cell of the matrix leaves out what its memory tool would only hide, or cannot reach. */
export const NO_MEMORY_TOOL = 'it is checked where nothing watches'
export const NOT_BUILT = 'the crate was not built'

/** How a command ended when another end was expected. */
export function unexpectedExit(what: string, exitStatus: ExitStatus, expected: string): string {
  return `${what} ${describeExit(exitStatus)}, expected ${expected}`
}

/** The last lines of a text, for the detail of a finding; lines of megabytes are cut. */
export function lastLines(text: string, count = 20): string[] {
  const words = text.replace(/^\s*\n/, '').trimEnd()
  return words === '' ? [] : words.split('\n').slice(-count).map(cutLine)
}

/**
 * What names the crate of `path`, a file of a pattern, to cargo. Its name alone may be that of a crate that it depends
 * on as well.
 */
export function manifestOf({ chapter }: PatternPackage, path = ''): string {
  return `--manifest-path ${chapter.file.replace(/[^/]+$/, `${crateFolderOf(path)}Cargo.toml`)}`
}
