import type { CodeLine } from '../document/block.ts'
import { CMAKE_FILE } from '../snippet/cmake-facts.ts'
import { baseOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Help } from '../verdict.ts'
import type { ProjectCrates } from './project-crates.ts'

/** A line of a file of a project: the guide's, or one that a reader has to add. */
export type Line = { text: string; snippet: Snippet | null; code: CodeLine | null }

/** The package that a reader who follows the guide puts together, with what had to be added. */
export type Project = {
  name: string
  files: Map<string, Line[]>
  /** What the caller's checkout has of crates. */
  crates: ProjectCrates
  helps: Helped[]
  /** What was changed of a file that the page itself shows: as it stands, it fails. */
  edits: Edit[]
}

/** A change of a shown file, at the line that it is about. */
export type Edit = { path: string; line: number; message: string; fix: string }

/** A help, and the snippets that cannot do without it. */
export type Helped = { help: Help; snippets: readonly Snippet[] }

export function textOf(lines: readonly Line[]): string {
  return `${lines.map(({ text }) => text).join('\n')}\n`
}

/** The snippets that lines are of, in their order. */
export const snippetsIn = (lines: readonly Line[] = []): Snippet[] => [
  ...new Set(lines.flatMap(({ snippet }) => snippet ?? [])),
]

export const added = (text: string): Line => ({ text, snippet: null, code: null })

/** The line (1-based) right below the one in which a snippet's text reaches an offset, in its file; `null` where that is gone. */
export function lineBelow({ files }: Project, snippet: Snippet, offset: number): number | null {
  const row = snippet.text.slice(0, offset).split('\n').length - 1
  const index = (files.get(snippet.path!) ?? []).findIndex(({ code }) => code === snippet.lines[row])
  return index < 0 ? null : index + 2
}

/** Puts lines into a file before line `at` (1-based) and notes it. */
export function add(
  project: Project,
  path: string,
  at: number,
  text: string,
  help: Omit<Help, 'added' | 'file'>,
  snippets: readonly Snippet[],
): void {
  const lines = project.files.get(path) ?? []
  lines.splice(at - 1, 0, ...text.split('\n').map(added))
  project.files.set(path, lines)
  note(project, path, text, help, snippets)
}

export function note(
  project: Project,
  file: string,
  text: string,
  help: Omit<Help, 'added' | 'file'>,
  snippets: readonly Snippet[],
): void {
  project.helps.push({ help: { ...help, added: text, file }, snippets })
}

/** The CMakeLists.txt of its folder, and of those below. */
export const listsOf = ({ files }: Pick<Project, 'files'>): string[] =>
  [...files.keys()].filter((path) => baseOf(path) === CMAKE_FILE)

/** Whether all that the page shows of a file is C. */
export const isInC = ({ files }: Project, path: string): boolean => {
  const snippets = snippetsIn(files.get(path))
  return path.endsWith('.c') || (snippets.length > 0 && snippets.every(({ isC }) => isC))
}
