import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verdict } from '@cookbook/audit'

/**
 * What a person found who looked at a red block: a defect of the guide, something that it leaves to its reader, or a
 * mistake of the audit.
 */
export type Judged = { as: 'defect' | 'left out' | 'audit'; why: string }

/** What a person checked of a guide, at a commit, by file and line of the block. */
export type Checked = {
  commit: string
  red: Readonly<Record<string, Judged>>
  /** Blocks of any verdict: the one that a person gave it by hand. */
  sample: Readonly<Record<string, Verdict>>
}

const FOLDER = import.meta.dirname

/** By the names of the guides. */
export const CHECKED: Readonly<Record<string, Checked>> = JSON.parse(
  readFileSync(join(FOLDER, 'checked.json'), 'utf8'),
)

/** The texts of issues about a guide, each with its title as its first line. */
export function issuesOf(name: string): string[] {
  const folder = join(FOLDER, 'issues', name)
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8').trimEnd())
}
