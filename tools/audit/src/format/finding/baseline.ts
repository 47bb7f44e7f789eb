import { createHash } from 'node:crypto'
import type { Finding } from './finding.ts'
import type { Quote } from './quote.ts'

/** So many findings of one kind that a maintainer has taken on. */
export type Entry = { key: string; rule: string; file: string; message: string; count: number }

/** What was taken on, in the order of its file. */
export type Baseline = readonly Entry[]

/** A finding, the key by which a baseline knows it, and the one by which an older baseline does. */
export type Keyed = { finding: Finding; key: string; oldKey: string }

/** Findings that a baseline holds, those that it does not, and what it holds that is no more. */
export type Compared = {
  known: ReadonlySet<Finding>
  gone: readonly Entry[]
  /** Of pages that this audit did not read, so that nothing is known of them. */
  unread: readonly Entry[]
}

/**
 * Keys that stay what they are when lines move and messages read better: the rule, the file, the offending line's own
 * words and the subject. Older ones had the message, without its numbers of lines, in the subject's place.
 */
export function keyed(findings: readonly Finding[], quote: Quote): Keyed[] {
  return findings.map((finding) => {
    const code = quote.line(finding) ?? quote.first(finding)
    const digest = (last: string) => {
      const parts = [finding.rule, finding.file, bare(code?.text ?? ''), last]
      return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
    }
    return { finding, key: digest(bare(finding.subject)), oldKey: digest(unplaced(finding.message)) }
  })
}

const KEY_CHARACTERS = 2_000

const bare = (text: string) => text.slice(0, KEY_CHARACTERS).replace(/\s+/g, ' ').trim()

// Addresses, and the lines and columns of files of a project, differ from run to run.
const unplaced = (message: string) =>
  bare(
    message
      .slice(0, KEY_CHARACTERS)
      .replace(/0x[0-9a-f]+/gi, '0x')
      .replace(/:\d+(?::\d+)?|\b(?:line|column) \d+/g, ''),
  )

export function compare(found: readonly Keyed[], baseline: Baseline, quote: Quote): Compared {
  const left = new Map(baseline.map(({ key, count }) => [key, count]))
  const known = new Set<Finding>()
  for (const { finding, key, oldKey } of found) {
    const held = [key, oldKey].find((one) => (left.get(one) ?? 0) > 0)
    if (held === undefined) continue
    known.add(finding)
    left.set(held, left.get(held)! - 1)
  }
  const rest = baseline
    .map((entry) => ({ ...entry, count: left.get(entry.key)! }))
    .filter(({ count }) => count > 0)
  return {
    known,
    gone: rest.filter(({ file }) => quote.files.has(file)),
    unread: rest.filter(({ file }) => !quote.files.has(file)),
  }
}

/** The baseline that takes on all that was found. */
export function adopt(found: readonly Keyed[]): Baseline {
  const groups = [...Map.groupBy(found, ({ key }) => key)]
  const entries = groups.map(([key, same]) => {
    const { rule, file, message } = same[0]!.finding
    return { key, rule, file, message, count: same.length }
  })
  return entries.toSorted((a, b) => order(a, b, 'file') || order(a, b, 'rule') || order(a, b, 'key'))
}

const order = (a: Entry, b: Entry, by: 'file' | 'rule' | 'key') =>
  a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0

/** A baseline without what is gone. It takes nothing on: it only ever shrinks. */
export function shrink(baseline: Baseline, { gone }: Pick<Compared, 'gone'>): Baseline {
  const fewer = new Map(gone.map(({ key, count }) => [key, count]))
  return baseline
    .map((entry) => ({ ...entry, count: entry.count - (fewer.get(entry.key) ?? 0) }))
    .filter(({ count }) => count > 0)
}
