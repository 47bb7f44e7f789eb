import type { Audit, Verdict } from '@cookbook/audit'
import { readData } from '../data.ts'

/** A block of a public guide that fails, and whose page does not say so. */
export type Red = { file: string; line: number; at: string; message: string }

/** What an audit said of a public guide. */
export type GuideResult = {
  commit: string
  committed: string
  blocks: number
  verdicts: Partial<Record<Verdict, number>>
  /** How many of those that fail do so as their page says. */
  asTold: number
  red: readonly Red[]
  /** The verdict of each block that somebody checked by hand, by its file and line. */
  sampled: Readonly<Record<string, Verdict>>
  seconds: number
}

/** What `docs/data/public-guides.json` keeps, by the names of the guides. */
export type Results = { toolchain: string; guides: Readonly<Record<string, GuideResult>> }

export const RESULTS_FILE = 'docs/data/public-guides.json'

export function readResults(root: string): Results {
  return readData(root, RESULTS_FILE, { toolchain: '', guides: {} })
}

/** Of the audit of a guide at `commit`, what is kept; `sampled` says which blocks were checked by hand. */
export function resultOf(
  { blocks, durationMs }: Audit,
  { commit, committed }: Pick<GuideResult, 'commit' | 'committed'>,
  sampled: readonly string[],
): GuideResult {
  const byVerdict = Map.groupBy(blocks, ({ verdict }) => verdict)
  const failing = byVerdict.get('fails') ?? []
  const red = failing
    .filter(({ asTold }) => !asTold)
    .map(({ file, line, error, reason }) => ({
      file,
      line,
      at: error === null ? `${file}:${line}` : `${error.file}:${error.line}`,
      message: error?.message ?? reason,
    }))
  const known = blocks.filter(({ file, line }) => sampled.includes(`${file}:${line}`))
  return {
    commit,
    committed,
    blocks: blocks.length,
    verdicts: Object.fromEntries([...byVerdict].map(([verdict, of]) => [verdict, of.length])),
    asTold: failing.length - red.length,
    red,
    sampled: Object.fromEntries(known.map(({ file, line, verdict }) => [`${file}:${line}`, verdict])),
    seconds: Math.round(durationMs / 1000),
  }
}
