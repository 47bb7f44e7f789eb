import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Helped, Line, Project } from '../project/project.ts'
import type { Spot } from '../project/where.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** What a fix works on. `reserve` is what other sections show. */
export type Case = {
  project: Project
  reserve: readonly Snippet[]
  present: Set<Snippet>
  problem: ProjectDiagnostic
  spot: Spot | null
}

/** Tries one thing that a reader would; false when it is not for this problem, or has been tried. */
export type Fix = (at: Case) => boolean

/** Whose need a help is. */
export const inNeed = ({ spot }: Case): Snippet[] => (spot === null ? [] : [spot.snippet])

/**
 * The type that g++ stumbles over without a word about it: the base of a class, or what stands first in the parameters of
 * a constructor. It stands right before the place; `null` of any other problem.
 */
export function typeBefore(
  { files }: Project,
  { message, path, line, column }: ProjectDiagnostic,
): string | null {
  const isBase = /^expected (?:class|template)-name before/.test(message)
  if (!isBase && !/^expected [‘']\)[’'] before/.test(message)) return null
  const rows = files.get(path)?.slice(Math.max(0, line - 2), line) ?? []
  const text = rows
    .map((row, at) => (at === rows.length - 1 ? row.text.slice(0, column - 1) : row.text))
    .join(' ')
  const name = String.raw`((?:\w+::)*[A-Za-z_]\w*)`
  const base = new RegExp(String.raw`[:,]\s*(?:(?:public|protected|private|virtual)\s+)*${name}\s*$`)
  const parameter = new RegExp(String.raw`[(,]\s*(?:const\s+)?${name}(?:<[^;()]*>)?\s*(?:const\s*)?[&*]*\s*$`)
  return (isBase ? base : parameter).exec(text.slice(-1_000))?.[1] ?? null
}

/** Other problems of one round that a help is tried on. */
const SHARED = 200

/** Gives helps to all snippets that would have been given the same by the same fix, had they not been there. */
export function shareHelps(helps: readonly Helped[], fix: Fix, others: readonly Case[]): void {
  for (const help of helps) shareHelp(help, fix, others)
}

function shareHelp(helped: Helped, fix: Fix, others: readonly Case[]): void {
  const { added: text, file, kind } = helped.help
  if (kind !== 'header' && kind !== 'import' && kind !== 'dependency') return
  const isAdded = (line: Line) => line.code === null && text.split('\n').includes(line.text)
  for (const at of others.slice(0, SHARED)) {
    const snippet = at.spot?.snippet
    if (snippet === undefined || helped.snippets.includes(snippet)) continue
    if (kind !== 'dependency' && at.problem.path !== file) continue
    const files = new Map(
      [...at.project.files].map(([path, lines]) => [
        path,
        path === file ? lines.filter((line) => !isAdded(line)) : [...lines],
      ]),
    )
    const without: Project = { ...at.project, files, helps: [], edits: [] }
    fix({ ...at, project: without, present: new Set(at.present) })
    if (without.helps.some(({ help }) => help.added === text && help.file === file))
      helped.snippets = [...helped.snippets, snippet]
  }
}

const METHOD =
  /^no (?:method|associated function|function or associated item|associated function or constant) named `(\w+)` found for (?:mutable )?(?:reference|struct|enum|union) `(?:&(?:'\w+ )?(?:mut )?)*(\w+)/

/**
 * The method that a type of the page lacks and whose `impl` is not shown: it has none, or the call is within one.
 * `sources` are the page's own.
 */
export function unshownMethod(
  { message, code, notes }: ProjectDiagnostic,
  text: string,
  sources: readonly string[],
): string | null {
  const [, name, type] = (code === 'E0599' && METHOD.exec(message)) || []
  if (name === undefined || notes.some((note) => /similar(?:ly)? name|there is/.test(note))) return null
  const has = (pattern: string) => sources.some((source) => new RegExp(pattern, 'm').test(source))
  if (!has(`\\b(?:struct|enum|union)\\s+${type}\\b`)) return null
  const isWithin = new RegExp(`\\b(?:self\\s*\\.|Self::)\\s*${name}\\b`).test(text)
  return isWithin || !has(`\\bimpl\\s*(?:<[^{}]*>)?\\s+${type}\\b[^{}]*\\{`) ? name : null
}

/** The names that rustc does not find. */
export function missingNames({ message, code }: ProjectDiagnostic): string[] {
  if (
    code === null ||
    !['E0432', 'E0433', 'E0425', 'E0412', 'E0405', 'E0422', 'E0404', 'E0423', 'E0531', 'E0463'].includes(code)
  ) {
    const macro = /^cannot find (?:\w+ )*macro `(\w+)`/.exec(message)?.[1]
    return macro === undefined ? [] : [macro]
  }
  return [...message.matchAll(/`([^`]+)`/g)].flatMap(([, path]) =>
    path!.split('::').filter((word) => /^\w+$/.test(word)),
  )
}
