import { floorOf } from '@cookbook/toolchain'
import { CELLS, nameOf } from './cells.ts'
import type { CellResult, ChapterInCell, Results } from './results.ts'

/** Rows of text: the heading, then each cell with its chapters, and the reasons that its letters stand for. */
export type Table = { heading: string[]; rows: string[][]; reasons: string[] }

/** The table of chapters by cell, with these cells in the order of the matrix; a reason is told once, by its letter. */
export function tableOf(results: Results, slugs: readonly string[], cells = CELLS): Table {
  const reasons: string[] = []
  const letter = (why: string) => {
    if (!reasons.includes(why)) reasons.push(why)
    return `(${reasons.indexOf(why) + 1})`
  }
  const rows = cells.map((cell) => {
    const name = nameOf(cell)
    const result: CellResult | undefined = results[name]
    const chapter = (slug: string) =>
      result?.kind === 'cannot' ? letter(result.why) : text(result?.chapters[slug], letter)
    return [name, ...slugs.map(chapter)]
  })
  return { heading: ['cell', ...slugs], rows, reasons: reasons.map((why, index) => `(${index + 1}) ${why}`) }
}

function text(chapter: ChapterInCell | undefined, letter: (why: string) => string): string {
  if (chapter === undefined) return 'not run'
  if (chapter.kind === 'cannot') return letter(chapter.why)
  if (chapter.kind === 'passed') return `${chapter.passed}`
  return `FAILED ${chapter.failed}`
}

/** For a terminal. */
export function plainTable({ heading, rows, reasons }: Table): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
  return [...lines, '', ...reasons].join('\n').trimEnd()
}

/** docs/matrix.md. */
export function page(results: Results, slugs: readonly string[]): string {
  const { heading, rows, reasons } = tableOf(results, slugs)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const code = ([name, ...rest]: string[]) => [`\`${name}\``, ...rest]
  const table = [line(heading), `|---${'|--:'.repeat(slugs.length)}|`, ...rows.map((row) => line(code(row)))]
  const ran = CELLS.map(nameOf).flatMap((name) => {
    const result = results[name]
    return result?.kind === 'ran' ? byWhat(result.chapters).map((line) => `- \`${name}\`: ${line}`) : []
  })
  return `${[
    '# The matrix',
    '',
    '`npm run matrix` verifies every chapter in every cell, and writes this page and [matrix.json](matrix.json).',
    'A figure is how many checks of the chapter passed; what a cell leaves to another one is not counted. A number in',
    'brackets is the reason, below, for which the cell cannot be here. `npm run matrix -- --list` names the cells.',
    '',
    `\`floor\` is Rust ${floorOf('rustc')}, which the locked crates ask for. clang's is ${floorOf('clang++')}: the one before it`,
    'does not compile a coroutine under UndefinedBehaviorSanitizer. The floors of all tools are stated in',
    '[floors.json](../tools/toolchain/floors.json) alone; where no Rust of the floor is at hand, `npm run lint` holds every',
    'pattern to it all the same (`clippy::incompatible_msrv`).',
    '',
    ...table,
    '',
    ...reasons.map((reason) => `- ${reason}`),
    '',
    '## What ran',
    '',
    ...ran,
  ].join('\n')}\n`
}

/** By which compilers and when; which chapters, where not all of them ran by the same. */
function byWhat(chapters: Record<string, ChapterInCell>): string[] {
  const ran = Object.entries(chapters).flatMap(([slug, chapter]) =>
    'tools' in chapter ? [{ slug, by: `${chapter.tools}, ${chapter.date}` }] : [],
  )
  const groups = Object.entries(Object.groupBy(ran, ({ by }) => by)).sort()
  return groups.map(([by, all]) =>
    groups.length === 1 ? by : `${by}: ${all!.map(({ slug }) => slug).join(', ')}`,
  )
}
