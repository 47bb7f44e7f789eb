import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readData } from '../data.ts'

/** How often runs were killed on one toolchain, after each of which all was right, and in which part of a run. */
export type KillResults = { date: string; kills: number; parts: Record<string, number> }

/** What `docs/data/reliability.json` keeps, by toolchain. */
export type ReliabilityResults = Record<string, KillResults>

const RELIABILITY_FILE = 'docs/data/reliability.json'

/** What the repository at `root` keeps; nothing before the first was. */
export function readReliability(root: string): ReliabilityResults {
  return readData(root, RELIABILITY_FILE, {})
}

/** Puts what was seen on one toolchain now in place of what was seen on it before. */
export function keepKills(root: string, toolchain: string, kills: KillResults): void {
  const all = { ...readReliability(root), [toolchain]: kills }
  writeFileSync(join(root, RELIABILITY_FILE), `${JSON.stringify(all, null, 2)}\n`)
}
