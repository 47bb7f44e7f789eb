import type { BlockVerdict, GroupReport, Verdict } from '../verdict.ts'
import { closing } from './closing.ts'
import type { Told } from './judged.ts'
import { type Paint, painter } from './paint.ts'
import type { Report } from './report.ts'
import { bySection } from './sections.ts'
import { shown, shownLine, shownName } from './shown.ts'
import { findingLines } from './text-finding.ts'
import { totalsLine } from './totals.ts'

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

/** The audit as a person reads it: blocks by section, and below each what is wrong, with the offending line. */
export function text(report: Report, color: boolean): string {
  const paint = painter(color)
  const { audit, judged, quote } = report
  const ofBlock = Map.groupBy(judged.told, ({ finding }) => finding.block)
  const tell = (told: readonly Told[]) => told.flatMap((one) => findingLines(one, quote, paint))
  const wide = { lang: widest(audit.blocks, 'lang'), path: widest(audit.blocks, 'path') }
  const sections = bySection(audit).map(({ name, blocks, group }) => [
    paint('bold', shownName(name)),
    ...blocks.flatMap((block) => [row(block, wide, paint), ...tell(ofBlock.get(block) ?? [])]),
    ...(group === null ? [] : [...ran(group), ...kept(group)].map((line) => paint('dim', line))),
  ])
  const besides = (kind: string, title: string) => {
    const told = explainedOnce((ofBlock.get(null) ?? []).filter(({ finding }) => finding.kind === kind))
    return told.length === 0 ? [] : [[paint('bold', title), ...tell(told)]]
  }
  const { lines, verdict } = closing(report)
  const paragraphs = [
    ...worst(report, paint),
    ...sections,
    ...besides('error', 'not read'),
    ...besides('lint', 'what no compiler says'),
    [...lines.map((line) => paint('dim', line)), paint(judged.failed ? 'red' : 'green', verdict)],
  ]
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** How many findings stand before all others. */
const FIRST = 5

/** What to fix first, before all that is reported of each block: the counts, and where the errors are. */
function worst({ audit, judged }: Report, paint: Paint): string[][] {
  const errors = judged.told.filter(
    ({ finding, standing }) => finding.level === 'error' && standing !== 'known',
  )
  if (errors.length === 0) return []
  const first = errors.slice(0, FIRST).map(({ finding: { file, line, message } }) => {
    return `  ${shownLine(file)}:${line} ${shownLine(message)}`
  })
  const more = errors.length - first.length
  const rest = more > 0 ? [`  and ${more} more, each at its block below`] : []
  return [[paint('bold', `${totalsLine(audit.blocks)}; to fix first:`), ...first, ...rest]]
}

/** Why a lint matters is told where its rule is found first. */
function explainedOnce(told: readonly Told[]): Told[] {
  const seen = new Set<string>()
  return told.map((one) => {
    const { finding } = one
    if (finding.lint === null || !seen.has(finding.rule)) {
      seen.add(finding.rule)
      return one
    }
    return { ...one, finding: { ...finding, detail: finding.lint.detail } }
  })
}

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
