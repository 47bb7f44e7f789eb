import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorAt, type Finding, type SourceLocation } from '@cookbook/guide'
import type { Verification } from './verification.ts'

export const RUNNER = 'verify.test.ts'

/** A finding at the line of the runner that says `name`, for what the runner names and is not there. */
export async function runnerFinding(
  verification: Verification,
  name: string,
  code: Finding['code'],
  message: string,
  fix: string,
): Promise<Finding> {
  return errorAt(code, await locationOf(verification, name), message, `${fix}, or correct ${RUNNER}`)
}

/** What to say of a file that must not compile, and is not there; `null` when it is. */
export async function fileNotThere(verification: Verification, file: string): Promise<Finding | null> {
  if (await stat(join(verification.dir, file)).catch(() => null)) return null
  const message = `${file} does not exist, expected a file that must not compile`
  return runnerFinding(verification, file, 'file-not-found', message, 'write it')
}

async function locationOf({ pkg }: Verification, name: string): Promise<SourceLocation> {
  const file = pkg.chapter.file.replace(/[^/]+$/, RUNNER)
  const lines = (await readFile(join(pkg.dir, RUNNER), 'utf8').catch(() => '')).split('\n')
  for (const [index, line] of lines.entries())
    for (const quote of ["'", '"', '`']) {
      const at = line.indexOf(`${quote}${name}${quote}`)
      if (at >= 0) return { file, line: index + 1, column: at + 1 }
    }
  return { file, line: 1, column: 1 }
}
