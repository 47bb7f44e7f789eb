import { fold } from '@cookbook/guide'
import type { BlockVerdict, GroupReport, Verdict } from '../verdict.ts'
import { closing } from './closing.ts'
import type { JudgedFinding } from './finding/judged.ts'
import type { Report } from './finding/report.ts'
import { bySection } from './finding/sections.ts'
import { shown, shownLine, shownName } from './finding/shown.ts'
import { totalsLine } from './finding/totals.ts'
import { type Paint, painter } from './paint.ts'
import { findingLines } from './text-finding.ts'

const OUTPUT_LINES = 10
const COLORS = {
  runs: 'green',
  builds: 'green',
  'builds with help': 'yellow',
  fails: 'red',
  untried: 'yellow',
  fragment: 'dim',
  'not code': 'dim',
} as const

/**
 * The audit as a person reads it: blocks by section, and below each what is wrong, with the offending line. Sentences
 * are folded at `width`; what a page, a compiler or a program says is not.
 */
export function text(report: Report, color: boolean, width = Infinity): string {
  const paint = painter(color)
  const folded = (lines: readonly string[]) => lines.map((line) => fold(line, width))
  const { audit, judged, quote } = report
  const ofBlock = Map.groupBy(judged.reported, ({ finding }) => finding.block)
  const linesOf = (reported: readonly JudgedFinding[]) =>
    reported.flatMap((one) => findingLines(one, quote, paint, width))
  const wide = { lang: widest(audit.blocks, 'lang'), path: widest(audit.blocks, 'path') }
  const sections = bySection(audit).map(({ name, blocks, group }) => [
    paint('bold', shownName(name)),
    ...blocks.flatMap((block) => [
      ...folded([row(block, wide, paint)]),
      ...linesOf(ofBlock.get(block) ?? []),
    ]),
    ...(group === null ? [] : [...ran(group), ...kept(group)].map((line) => paint('dim', line))),
  ])
  const besides = (kind: string, title: string) => {
    const reported = (ofBlock.get(null) ?? []).filter(({ finding }) => finding.kind === kind)
    return reported.length === 0 ? [] : [[paint('bold', title), ...linesOf(reported)]]
  }
  const { lines, verdict } = closing(report)
  const paragraphs = [
    ...summary(report, paint).map(folded),
    ...sections,
    ...besides('error', 'not read'),
    ...besides('lint', 'lints'),
    folded([...lines.map((line) => paint('dim', line)), paint(judged.failed ? 'red' : 'green', verdict)]),
  ]
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** How many findings stand before all others. */
const FIRST = 5

/** What to do, before all that is reported of each block: the counts, and where the errors are. */
function summary({ audit, judged }: Report, paint: Paint): string[][] {
  const isNew = ({ standing }: JudgedFinding) => standing !== 'known'
  const errors = judged.reported.filter((one) => one.finding.level === 'error' && isNew(one))
  const first = errors.slice(0, FIRST).map(({ finding: { file, line, message } }) => {
    return `  ${shownLine(file)}:${line} ${shownLine(message)}`
  })
  const more = errors.length - first.length
  const rest = more > 0 ? [`  and ${more} more, each at its block below`] : []
  const others = (['untried', 'help', 'hidden', 'lint'] as const).flatMap((kind) => {
    const count = judged.reported.filter((one) => one.finding.kind === kind && isNew(one)).length
    return count === 0 ? [] : [`${count} ${LEFT[kind]}`]
  })
  if (errors.length + others.length === 0) return []
  const head = `${totalsLine(audit.blocks)}; ${errors.length > 0 ? 'to fix first:' : 'no errors'}`
  const then =
    others.length === 0 ? [] : [`  ${errors.length > 0 ? 'then' : 'to look at'}: ${others.join(', ')}`]
  return [[paint('bold', head), ...first, ...rest, ...then]]
}

const LEFT = {
  untried: 'not tried',
  help: 'helps to add',
  hidden: 'with hidden lines',
  lint: 'lints',
} as const

function widest(blocks: readonly BlockVerdict[], of: 'lang' | 'path'): number {
  return Math.min(
    32,
    blocks.reduce((most, block) => Math.max(most, shownName(block[of] ?? '').length), 0),
  )
}

const SAID: readonly Verdict[] = ['builds with help', 'fails', 'untried']

function row(block: BlockVerdict, wide: { lang: number; path: number }, paint: Paint): string {
  const { file, line, lang, path, verdict, asTold, reason } = block
  // What fails or needs help is said in the lines below.
  const why = asTold || !SAID.includes(verdict) ? `  ${paint('dim', shownLine(reason))}` : ''
  const columns = [
    `${shownLine(file)}:${line}`,
    shownName(lang).padEnd(wide.lang),
    shownName(path ?? '').padEnd(wide.path),
    `${paint(asTold ? 'dim' : COLORS[verdict], verdict)}${why}`,
  ]
  return `  ${columns.join('  ')}`
}

function ran({ run }: GroupReport): string[] {
  if (run === null) return []
  if (run.stdout.trim() === '') return [`  its program ${shownLine(run.ending)}, and printed nothing`]
  const lines = run.stdout.trimEnd().split('\n')
  const more = lines.length - OUTPUT_LINES
  return [
    `  its program ${shownLine(run.ending)}, and printed`,
    ...lines.slice(0, OUTPUT_LINES).map((line) => `    ${shown(line)}`),
    ...(more > 0 ? [`    and ${more} more lines`] : []),
  ]
}

function kept({ kept }: GroupReport): string[] {
  return kept === null ? [] : [`  kept in ${shownLine(kept)}`]
}
