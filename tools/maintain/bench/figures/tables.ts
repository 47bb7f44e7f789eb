import { type Comparison, FAVOURS, FLOORS, GROWTH } from './comparisons.ts'
import { type Judged, judge } from './judge.ts'
import type { Measurements } from './measurements.ts'
import { median } from './time.ts'

const OPEN = '<!-- measured: npm run bench:patterns writes this table -->'
const CLOSE = '<!-- measured: end -->'

/** The chapter's text with the table of its figures between the two comments. Throws when they are not there, or no note says what the table favours. */
export function withTable(chapter: string, slug: string, results: Measurements): string {
  const [from, to] = [chapter.indexOf(OPEN), chapter.indexOf(CLOSE)]
  if (from < 0 || to < from)
    throw new Error(`the chapter ${slug} has no place for its figures: ${OPEN} ${CLOSE}`)
  const note = FAVOURS[slug]
  if (note === undefined) throw new Error(`nothing says what the table of ${slug} favours: FAVOURS`)
  const rows = judge(results)
    .filter(({ comparison }) => comparison.chapter === slug)
    .flatMap((judged) => (judged.kind === 'missing' ? [] : [[...what(judged.comparison), shown(judged)]]))
  const lines = [OPEN, '', ...table(['', 'beside', 'measured'], rows), '', note, '', CLOSE]
  return chapter.slice(0, from) + lines.join('\n') + chapter.slice(to + CLOSE.length)
}

/** The chapters that show figures. */
export function measuredChapters(results: Measurements): string[] {
  return [...new Set(judge(results).map(({ comparison }) => comparison.chapter))]
}

/** All comparisons, with their goals. */
export function comparisonTable(results: Measurements): string[] {
  const rows = judge(results).map((judged) => [
    `[${judged.comparison.chapter}](../patterns/${judged.comparison.chapter}/README.md)`,
    ...what(judged.comparison),
    judged.kind === 'missing' ? 'not measured' : shown(judged),
    judged.kind === 'missing' ? '' : judged.spread.map((figure) => figure.toFixed(2)).join(' to '),
    goal(judged.comparison),
    verdict(judged),
  ])
  return table(['chapter', 'figure', 'beside', 'measured', 'repetitions', 'goal', ''], rows)
}

/** How time and memory for one await change with the number of those that wait. */
export function growthTable({ cases }: Measurements): string[] {
  const { time, memory, atOnce } = GROWTH
  // A case that is not there leaves its cell empty; the tests name it.
  const ratio = (name: string, count: number) => {
    const [ours, floor] = [cases[`await ${name} ${count}`], cases[`await ${time.floor} ${count}`]]
    if (ours === undefined || floor === undefined) return ''
    return median(ours.nanoseconds.map((taken, round) => taken / floor.nanoseconds[round]!)).toFixed(2)
  }
  const bytes = (name: string, count: number) => {
    const one = cases[`pending ${name} ${count}`]
    return one === undefined ? '' : median(one.bytes).toFixed(0)
  }
  const rows = atOnce.map((count) => [
    count.toLocaleString('en'),
    ...time.ours.map((name) => ratio(name, count)),
    ...memory.map((name) => bytes(name, count)),
  ])
  return table(
    [
      'at once',
      ...time.ours.map((name) => `${name}: time`),
      ...memory.map((name) => `${name === 'four-threads' ? 'four Rust threads' : name}: bytes`),
    ],
    rows,
  )
}

/** What is measured, and what it is held against. */
function what(comparison: Comparison): [string, string] {
  if (comparison.kind === 'allocations') return [`${comparison.what}: allocations in Rust`, '']
  return [comparison.what, FLOORS[comparison.floor.split(' ')[1]!]!]
}

function shown({ comparison, figure }: Judged & { kind: 'measured' }): string {
  const number = figure.toFixed(2)
  return comparison.kind === 'allocations' ? number : `${number} times the ${comparison.kind}`
}

function goal({ goal }: Comparison): string {
  return goal === undefined ? '' : `at ${goal.kind} ${goal.value}`
}

function verdict(judged: Judged): string {
  if (judged.kind === 'missing' || judged.met === null) return ''
  return judged.met ? 'met' : '**missed**'
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)]
}
