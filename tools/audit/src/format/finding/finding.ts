import type { Position } from '../../document/block.ts'
import type { Audit, BlockVerdict, Lint, PageDiagnostic, Seen, Verdict } from '../../verdict.ts'

/** One problem of a guide, as every format tells it. */
export type Finding = Position & {
  /** `block-fails`, `untried`, `needs-help`, `hides-lines`, `unreadable`, or the lint's own rule. */
  rule: string
  /** What --fail-on asks for. */
  kind: 'error' | 'untried' | 'help' | 'hidden' | 'lint'
  level: 'error' | 'warning' | 'note'
  /** One sentence. */
  message: string
  /** What tells it from others of its rule at its line, in no words for people: a compiler's code, what a help adds. */
  subject: string
  /** More lines to show below it: a compiler's own words, why a lint matters. */
  detail: readonly string[]
  /** The block that it is of; a lint and what could not be read have none. */
  block: BlockVerdict | null
  lint: Lint | null
}

/** Who says what a message says, and its code. */
const TOOL = /^(?:rustc|C\+\+|bridge|cargo|CMake|linker|fence|\w+Sanitizer)(?:\[\w+\])?(?=:)/

const GOOD: readonly Verdict[] = ['runs', 'builds', 'builds with help']

/** All problems of an audit, page by page in the order of the guide, and by line within a page. */
export function findingsOf({ blocks, lints, troubles }: Audit): Finding[] {
  const found = [...troubles.map(unreadable), ...blocks.flatMap(blockFindings), ...lintFindings(lints)]
  const files = [...new Set([...blocks, ...found].map(({ file }) => file))]
  const order = new Map(files.map((file, index) => [file, index]))
  return found.toSorted(
    (a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line || a.column - b.column,
  )
}

function unreadable({ file, line, column, message, detail }: PageDiagnostic): Finding {
  const place = { file, line, column }
  return {
    ...place,
    rule: 'unreadable',
    kind: 'error',
    level: 'error',
    message,
    subject: '',
    detail,
    block: null,
    lint: null,
  }
}

/** Why a lint matters is said once, where its rule is found first. */
function lintFindings(lints: readonly Lint[]): Finding[] {
  const explained = new Set<string>()
  return lints.map((lint) => {
    const { file, line, column, rule, message, detail, why, chapter, sureness } = lint
    const reasons = explained.has(rule) ? [] : [why, `see ${chapter}`]
    explained.add(rule)
    return {
      ...{ file, line, column, rule, message, lint, block: null },
      ...{ kind: 'lint', subject: '', level: sureness === 'possible' ? 'note' : 'warning' },
      detail: [...detail, ...reasons],
    }
  })
}

/** What the author of a block has to fix. A failure that the guide itself announces is not part of it. */
function blockFindings(block: BlockVerdict): Finding[] {
  const { verdict, file, line, error, reason, help, asTold, asSeen } = block
  const fence = { file, line, column: 1, subject: '', detail: [], block, lint: null }
  if (verdict === 'fails') {
    if (asTold) return []
    const { detail, message, ...place } = error ?? { file, line, column: 1, message: reason, detail: [] }
    const subject = TOOL.exec(message)?.[0] ?? ''
    return [
      { ...fence, ...place, detail, rule: 'block-fails', kind: 'error', level: 'error', message, subject },
    ]
  }
  if (verdict === 'untried')
    return [{ ...fence, rule: 'untried', kind: 'untried', level: 'warning', message: reason }]
  const helps =
    verdict === 'builds with help'
      ? help.map(({ kind, file, added, text }) => ({
          ...fence,
          subject: `${kind} ${file} ${added}`,
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
