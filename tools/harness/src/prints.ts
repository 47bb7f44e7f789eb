import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locate } from '@cookbook/guide'
import { type Command, ended, endingOf } from '@cookbook/toolchain'
import { type Build, ownArtifacts } from './build.ts'
import type { Checked } from './checks.ts'
import { firstDifference } from './first-difference.ts'
import { run, type Verification } from './verification.ts'
import { endedBadly, lastLines } from './words.ts'

export type ProgramOptions = {
  /** Milliseconds until the program must have ended; 60 s by default. */
  timeoutMs?: number
}

const PROGRAM_LIMIT_MS = 60_000

/** Runs a program or an example of the crate and compares what it prints with a file, byte for byte. */
export async function prints(
  verification: Verification,
  build: Build,
  program: string,
  expected: string,
  options: ProgramOptions,
): Promise<Checked> {
  const { dir, pkg, exercised } = verification
  const artifact = ownArtifacts(verification, build).find(
    ({ name, kinds, test }) =>
      name === program && !test && (kinds.includes('bin') || kinds.includes('example')),
  )
  if (artifact?.executable == null) return { skipped: `${program} was not built` }
  const timeoutMs = options.timeoutMs ?? PROGRAM_LIMIT_MS
  const command: Command = { program: artifact.executable, args: [], cwd: dir, timeoutMs }
  const outcome = await run(verification, command)
  if (!ended(outcome, command)) {
    const place = locate(pkg, artifact.source.slice(dir.length + 1), 1, 1)
    const message = endedBadly(program, endingOf(outcome), 'exit code 0')
    const detail = [...lastLines(outcome.stdout), ...lastLines(outcome.stderr)]
    const code = outcome.kind === 'timed-out' || outcome.kind === 'flooded' ? outcome.kind : 'wrong-exit'
    return { findings: [{ code, severity: 'error', ...place, message, detail, remedy: 'mend the program' }] }
  }
  const wanted = await readFile(join(dir, expected), 'utf8').catch(() => null)
  if (wanted === outcome.stdout) {
    exercised.add(expected)
    return { findings: [] }
  }
  const { line, column, detail } = firstDifference(wanted ?? '', outcome.stdout)
  const message = wanted === null ? `${expected} does not exist` : `${program} does not print ${expected}`
  const remedy = `when the new output is right: npm run verify -- --filter=${pkg.slug} after writing it to ${expected}`
  return {
    findings: [
      {
        code: 'wrong-output',
        severity: 'error',
        ...locate(pkg, expected, line, column),
        message,
        detail,
        remedy,
      },
    ],
  }
}
