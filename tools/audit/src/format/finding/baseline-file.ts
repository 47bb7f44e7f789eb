import { readBounded } from '../../document/guide-files.ts'
import type { Baseline, Entry } from './baseline.ts'
import { writeNamedFile } from './named-file.ts'

/** Where there are more findings, nobody works on them one by one. */
const MOST_BYTES = 32 * 1024 * 1024

/** Reads a baseline; `absent` where there is no such file, `malformed` where it holds something else. */
export async function readBaseline(
  path: string,
): Promise<
  { kind: 'read'; baseline: Baseline } | { kind: 'absent' } | { kind: 'malformed'; problem: string }
> {
  let text: string
  try {
    text = (await readBounded(path, MOST_BYTES)).toString('utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'absent' }
    return { kind: 'malformed', problem: `the baseline ${path} cannot be read: ${(error as Error).message}` }
  }
  const baseline = parse(text)
  if (baseline !== null) return { kind: 'read', baseline }
  return {
    kind: 'malformed',
    problem: `${path} is not a baseline of version 1: restore it, or remove it and create it again with --update-baseline`,
  }
}

function parse(text: string): Baseline | null {
  try {
    const { version, findings } = JSON.parse(text)
    return version === 1 && Array.isArray(findings) && findings.every(isEntry) ? findings : null
  } catch {
    return null
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { key, rule, file, message, count } = value as Record<string, unknown>
  const words = [key, rule, file, message].every((word) => typeof word === 'string')
  return words && Number.isInteger(count) && (count as number) > 0
}

/** Writes a baseline for people to review: a finding an object, in the order of the files. */
export async function writeBaseline(path: string, findings: Baseline): Promise<void> {
  await writeNamedFile(path, `${JSON.stringify({ version: 1, findings }, null, 2)}\n`)
}
