import type { CodeLine } from '../block.ts'
import { type Inclusion, lineRanges } from '../inclusion.ts'
import { cut, dedented, type Row } from '../row.ts'
import { type Attributes, readAttributes, resolved } from './attributes.ts'

/** What a line with `include::path[…]` asks for, or why it is not followed; `null` where it is no such line. */
export function includeIn(
  text: string,
  known: ReadonlyMap<string, string>,
): { kind: 'include'; inclusion: Inclusion } | { kind: 'unread'; why: string } | null {
  const found = /^include::([^\s[](?:[^[]*[^\s[])?)\[([^\]]*)\]\s*$/.exec(text.slice(0, 1_000))
  if (found === null) return null
  const target = resolved(found[1]!, known)
  if (/\{[\w-]+\}/.test(target)) return { kind: 'unread', why: `nobody says what ${target} stands for` }
  if (/^[a-z]+:\/\//i.test(target))
    return { kind: 'unread', why: `it includes ${target}, which is not fetched` }
  const attributes = readAttributes(found[2]!)
  // Antora has a folder for examples beside that of the pages.
  const path = target.replace(/^example\$/, '../examples/')
  const by = 'include'
  const inclusion: Inclusion = {
    ...{ by, target: path, relativeTo: ['page', 'site'] },
    select: (rows, name) => select(rows, name, attributes),
  }
  return { kind: 'include', inclusion }
}

function select(rows: readonly Row[], name: string, { named }: Attributes): readonly Row[] | string {
  const tags = named.get('tags') ?? named.get('tag')
  const lines = named.get('lines')
  const chosen =
    lines !== undefined && lines !== ''
      ? lineRanges(lines)(rows, name)
      : tagged(
          rows,
          name,
          (tags ?? '').split(/[;,]/).flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim()])),
        )
  if (typeof chosen === 'string') return chosen
  return named.has('indent') ? dedented(chosen) : chosen
}

/** `// tag::name[]` and `// end::name[]`, in a comment of any language. */
function tagIn(text: string): { name: string; ends: boolean } | null {
  if (!text.includes('::')) return null
  const found = /(?:^|[^\w\\])(tag|end)::([^\s[\]]{1,200})\[\](?=$|\s|-->|\*\/)/.exec(text.slice(0, 1_000))
  return found === null ? null : { name: found[2]!, ends: found[1] === 'end' }
}

/** The rows of tags, without the lines that begin and end them: `a`, `*`, `**`, and `!a` for all but those. */
function tagged(rows: readonly Row[], name: string, wanted: readonly string[]): readonly Row[] | string {
  const plain = wanted.filter((tag) => !tag.startsWith('!'))
  const without = new Set(wanted.flatMap((tag) => (tag.startsWith('!') ? [tag.slice(1)] : [])))
  const everything = plain.includes('**') || (plain.length === 0 && !without.has('**'))
  const seen = new Set<string>()
  const open: string[] = []
  const shown: Row[] = []
  for (const row of rows) {
    const tag = tagIn(row.text)
    if (tag === null) {
      const inner = open.at(-1)
      const isIn = inner === undefined ? everything : isWanted(inner, plain, without, everything, open)
      if (isIn) shown.push(row)
    } else if (tag.ends) {
      const at = open.lastIndexOf(tag.name)
      if (at >= 0) open.splice(at, 1)
    } else {
      seen.add(tag.name)
      if (open.length < DEEPEST) open.push(tag.name)
    }
  }
  const lost = plain.find((tag) => !tag.includes('*') && !seen.has(tag))
  return lost === undefined ? shown : `${name} has no tag ${lost}`
}

const DEEPEST = 64

function isWanted(
  inner: string,
  plain: readonly string[],
  without: ReadonlySet<string>,
  everything: boolean,
  open: readonly string[],
): boolean {
  if (without.has(inner) || (without.has('*') && !plain.includes(inner))) return false
  if (open.some((tag) => without.has(tag))) return false
  return everything || plain.includes('*') || open.some((tag) => plain.includes(tag))
}

/** A line without the callouts at its end, each with the comment that hides it from a compiler. */
export function withoutCallouts(line: CodeLine): CodeLine {
  const from = Math.max(0, line.text.length - 200)
  const end = line.text.slice(from)
  if (!/<(?:\d{1,3}|\.|!--(?:\d{1,3}|\.)--)>\s*$/.test(end)) return line
  let text = end.trimEnd()
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/[ \t]{0,8}<(?:\d{1,3}|\.|!--(?:\d{1,3}|\.)--)>$/, '')
  }
  return { ...line, text: line.text.slice(0, from) + text.replace(/[ \t]{0,8}(?:\/\/|#|--|;;)$/, '') }
}

export const codeOf = (row: Row): CodeLine =>
  withoutCallouts({ text: row.text, at: cut(row, 0).at, hidden: false })
