import { escapeOutput, type Finding } from '@cookbook/guide'
import type { LeftBehind } from './left-behind.ts'
import type { Change } from './locked.ts'

/** A nightly run that failed. */
export type Failure = LeftBehind & {
  /** What was newer than in the repository: `the newest crates, g++`. */
  under: string
  changes: readonly Change[]
  /** The last lines of what the run printed. */
  log: readonly string[]
  /** Where the whole log is. */
  url: string
}

/** A code host takes no more than 65,536 characters for a text and 256 for a title. */
const TEXT_CHARACTERS = 60_000
const TITLE_CHARACTERS = 200
const DETAIL_LINES = 30

/** An issue's title, the same for the same chapters, and its text, in which nothing but our own words is markup. */
export function issue(failure: Failure): { title: string; text: string } {
  const { evidence, findings, without, under, url } = failure
  const found = [...evidence.flatMap((one) => one.findings), ...(findings ?? [])].filter(isError)
  // Where no chapter was reached, none is to blame.
  const brokeOff = evidence.length === 0 ? [] : without
  const chapters = [...new Set([...found.map(chapterOf), ...brokeOff])].sort()
  const what = chapters.length === 0 ? 'the guide' : chapters.join(', ')
  const title = cut(escapeOutput(`Nightly: ${what} with ${under}`).replaceAll('\n', ' '), TITLE_CHARACTERS)
  const parts = [
    `The guide is not green with ${under}. The log: ${url}`,
    ...found.map(section),
    ...brokeOff.map((slug) => `### ${plain(`patterns/${slug}`)}\n\nIt exited before writing its results.`),
    ...(chapters.length === 0 || without.length > 0
      ? [`### The end of the log\n\n${fence(failure.log)}`]
      : []),
    versions(failure),
  ]
  return { title, text: `${fitting(parts)}\n` }
}

function isError({ severity }: Finding): boolean {
  return severity === 'error'
}

function chapterOf({ file }: Finding): string {
  return /^patterns\/([^/]+)\//.exec(file)?.[1] ?? file
}

function section({ file, line, column, code, message, detail, fix }: Finding): string {
  const more = detail.length - DETAIL_LINES
  const shown = [message, ...detail.slice(0, DETAIL_LINES), ...(more > 0 ? [`(${more} more lines)`] : [])]
  return `### ${plain(`${file}:${line}:${column}`)} ${code}\n\n${fence([...shown, fix])}`
}

function versions({ changes, evidence }: Failure): string {
  const rows = changes.map(({ name, before, after }) => `| ${name} | ${before ?? ''} | ${after ?? ''} |`)
  const table = ['| crate | locked | newest |', '|---|---|---|', ...rows.map(cell)]
  const tools = evidence[0]?.toolchain.tools ?? []
  const reported = tools.map(({ program, version }) => `${program} ${version ?? 'missing'}`).join(', ')
  return [
    '### Versions',
    rows.length === 0 ? 'All crates are as locked.' : table.join('\n'),
    ...(reported === '' ? [] : [plain(reported)]),
  ].join('\n\n')
}

/** Lines as they are. The fence is longer than any in them. */
function fence(lines: readonly string[]): string {
  const text = escapeOutput(lines.join('\n'))
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const bar = '`'.repeat(longest + 1)
  return `${bar}text\n${text}\n${bar}`
}

/** Words in a line of Markdown that mean no markup, name nobody and link to nothing. */
function plain(text: string): string {
  return escapeOutput(text).replace(/[\\`*_{}[\]<>#|~@&\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function cell(row: string): string {
  return escapeOutput(row).replace(/[`*_[\]<>@]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** As many parts as fit, the last one always. */
function fitting(parts: readonly string[]): string {
  const last = cut(parts.at(-1)!, TEXT_CHARACTERS / 2)
  let left = TEXT_CHARACTERS - last.length
  const shown = parts.slice(0, -1).filter((part) => {
    left -= part.length + 2
    return left >= 0
  })
  const more = parts.length - 1 - shown.length
  return [...shown, ...(more > 0 ? [`${more} more, which the log shows.`] : []), last].join('\n\n')
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters).toWellFormed()} ...`
}
