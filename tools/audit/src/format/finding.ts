import type { Position } from '../document/block.ts'
import type { Audit, BlockVerdict, Lint, Seen, Trouble, Verdict } from '../verdict.ts'

/** One problem of a guide, as every format tells it. */
export type Finding = Position & {
  /** `block-fails`, `untried`, `needs-help`, `hides-lines`, `unreadable`, or the lint's own rule. */
  rule: string
  /** What --fail-on asks for. */
  kind: 'error' | 'untried' | 'help' | 'hidden' | 'lint'
  level: 'error' | 'warning' | 'note'
  /** One sentence. */
  message: string
  /** More lines to show below it: a compiler's own words, why a lint matters. */
  detail: readonly string[]
  /** The block that it is of; a lint and what could not be read have none. */
  block: BlockVerdict | null
  lint: Lint | null
}

const GOOD: readonly Verdict[] = ['runs', 'builds', 'builds with help']

/** All problems of an audit, page by page in the order of the guide, and by line within a page. */
export function findingsOf({ blocks, lints, troubles }: Audit): Finding[] {
  const found = [...troubles.map(unreadable), ...blocks.flatMap(blockFindings), ...lints.map(lintFinding)]
  const files = [...new Set([...blocks, ...found].map(({ file }) => file))]
  const order = new Map(files.map((file, index) => [file, index]))
  return found.toSorted(
    (a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line || a.column - b.column,
  )
}

function unreadable({ file, line, column, message, detail }: Trouble): Finding {
  const place = { file, line, column }
  return {
    ...place,
    rule: 'unreadable',
    kind: 'error',
    level: 'error',
    message,
    detail,
    block: null,
    lint: null,
  }
}

function lintFinding(lint: Lint): Finding {
  const { file, line, column, rule, message, detail, why, chapter, sureness } = lint
  const level = sureness === 'possible' ? 'note' : 'warning'
  const below = [...detail, why, `see ${chapter}`]
  return { file, line, column, rule, kind: 'lint', level, message, detail: below, block: null, lint }
}

/** What a block's verdict has for its author to fix; a failure that the guide itself tells of is none. */
export function blockFindings(block: BlockVerdict): Finding[] {
  const { verdict, file, line, error, reason, help, asTold, asSeen } = block
  const fence = { file, line, column: 1, detail: [], block, lint: null }
  if (verdict === 'fails') {
    if (asTold) return []
    const { detail, message, ...place } = error ?? { file, line, column: 1, message: reason, detail: [] }
    return [{ ...fence, ...place, detail, rule: 'block-fails', kind: 'error', level: 'error', message }]
  }
  if (verdict === 'untried')
    return [{ ...fence, rule: 'untried', kind: 'untried', level: 'warning', message: reason }]
  const helps =
    verdict === 'builds with help'
      ? help.map(({ text }) => ({
          ...fence,
          rule: 'needs-help',
          kind: 'help' as const,
          level: 'warning' as const,
          message: `a reader must ${text}`,
        }))
      : []
  const message = asSeen === null ? null : hiding(block, asSeen)
  if (message === null) return helps
  return [...helps, { ...fence, rule: 'hides-lines', kind: 'hidden', level: 'warning', message }]
}

/** What a reader lacks who does not see the hidden lines. */
function hiding({ verdict, help }: BlockVerdict, seen: Seen): string | null {
  if (!GOOD.includes(verdict)) return null
  if (!GOOD.includes(seen.verdict)) return `it hides lines, and what the page shows ${fate(seen)}`
  const more = seen.help.filter(({ text }) => !help.some((other) => other.text === text))
  if (more.length === 0) return null
  return `it hides lines that a reader needs, who must ${more.map(({ text }) => text).join('; ')}`
}

function fate({ verdict, reason }: Seen): string {
  if (verdict === 'fails') return `fails: ${reason}`
  if (verdict === 'untried') return `was not tried: ${reason}`
  return verdict === 'fragment' ? `is a fragment: ${reason}` : `is no code: ${reason}`
}
