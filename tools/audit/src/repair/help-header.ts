import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { add, isInC, type Line } from '../project/project.ts'
import { isBridge, names } from '../snippet/facts.ts'
import { isHeader } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { type Case, type Fix, inNeed, typeBefore } from './fix.ts'
import { pullIn } from './pull-in.ts'
import { standardHeader } from './standard-headers.ts'

/** Headers and namespaces that a file of C++ lacks, by the name that its compiler does not know. */

/** The name that a C++ compiler does not know. */
function unknownName({ message, detail }: ProjectDiagnostic): string | null {
  // What an enum is made of is a name as well, which g++ does not say.
  const base = /nested-name-specifier/.test(message)
    ? /\benum\s+(?:class\s+|struct\s+)?\w+\s*:\s*(?:std::)?(\w+)/.exec(detail.join('\n'))?.[1]
    : undefined
  if (base !== undefined) return base
  const found =
    /[‘'](?:std::)?(\w+)[’'] (?:is not a member of|in namespace|was not declared|has not been declared|does not name|is not a type|is not a namespace-name|is not a namespace|undeclared|in class .* does not name)/.exec(
      message,
    ) ??
    /(?:no (?:type|template|member) named|unknown type name|use of undeclared identifier|no template named) [‘'](?:std::)?(\w+)[’']/.exec(
      message,
    ) ??
    /variable [‘'](?:const )?(?:class |struct )?(?:std::)?(\w+)(?:<.*>)? \w+[’'] has initializer but incomplete/.exec(
      message,
    ) ??
    /expected .* before [‘'](\w+)[’']/.exec(message) ??
    /[‘'](?:class |struct )?(?:std::)?(\w+)(?:<.*>)?.*[’'] has incomplete type|incomplete type [‘'](?:(?:const|volatile|class|struct) )*(?:std::)?(\w+)/.exec(
      message,
    )
  return found?.[1] ?? found?.[2] ?? null
}

/** Where an include belongs: below the last one of the file's head, else below `#pragma once`, else at the top. */
export function includeLine(lines: readonly Pick<Line, 'text'>[]): number {
  let at = 0
  for (const [index, { text }] of lines.entries()) {
    if (/^\s*#\s*(?:include|pragma\s+once|define\s+\w+_H\w*\s*$|ifndef\s+\w+_H)/.test(text)) at = index + 1
    else if (text.trim() !== '' && !/^\s*(?:\/\/|\/?\*|#)/.test(text)) break
  }
  return at + 1
}

function include(at: Case, path: string, text: string): boolean {
  const lines = at.project.files.get(path)
  if (lines === undefined || lines.some((line) => line.text.trim() === text)) return false
  // A header that lacks another one needs it above itself.
  const { line } = at.problem
  const own = at.problem.path === path ? lines[line - 1]?.text.trim() : undefined
  const isInHeader = own !== undefined && /^#\s*include\b/.test(own)
  const above = isInHeader ? `, above \`${own}\`` : ''
  const help = { kind: 'header', text: `add \`${text}\` to ${path}${above}` } as const
  add(at.project, path, isInHeader ? line : includeLine(lines), text, help, inNeed(at))
  return true
}

export const header: Fix = (at) => {
  const { problem } = at
  if (problem.tool !== 'C++') return false
  const reported = [problem.message, ...problem.notes].flatMap((note) =>
    [...note.matchAll(/(?:#include|\binclude [‘']?)\s*(<[\w./]+>)/g)].map(([, found]) => found!),
  )[0]
  const before = typeBefore(at.project, problem)
  const name = before?.split('::').at(-1) ?? unknownName(problem)
  const known =
    reported ??
    (name === null
      ? null
      : wrap(
          standardHeader(
            name,
            before?.startsWith('std::') ?? /[‘'](?:::)?std(?:::|[’'])/.test(problem.message),
          ),
          isInC(at.project, problem.path),
        ))
  return known !== null && include(at, problem.path, `#include ${known}`)
}

const wrap = (name: string | null, isC: boolean) =>
  name === null ? null : isC ? `<${name.replace(/^c/, '')}.h>` : `<${name}>`

/** The namespaces of the suffixes of literals, and their headers. */
const LITERALS = [
  [/^numeric [^;]*""(?:h|min|s|ms|us|ns)\b/, 'chrono'],
  [/^string [^;]*""s\b/, 'string'],
  [/^string [^;]*""sv\b/, 'string_view'],
  [/^numeric [^;]*""i[fl]?\b/, 'complex'],
] as const

/** A suffix of the standard library, whose namespace nobody says. */
export const literals: Fix = (at) => {
  const said = /unable to find ((?:numeric|string|character) literal operator .*)/.exec(
    at.problem.message,
  )?.[1]
  const found = LITERALS.find(([pattern]) => said !== undefined && pattern.test(said))
  const path = at.problem.path
  const lines = at.project.files.get(path)
  if (found === undefined || lines === undefined) return false
  const using = `using namespace std::${found[1]}_literals;`
  if (lines.some((line) => line.text.includes(`std::${found[1]}_literals`))) return false
  const text = `#include <${found[1]}>\n${using}`
  add(
    at.project,
    path,
    includeLine(lines),
    text,
    { kind: 'import', text: `add \`${using}\` to ${path}` },
    inNeed(at),
  )
  return true
}

export const ownHeader: Fix = (at) => {
  const { problem, project } = at
  const name = unknownName(problem)
  if (problem.tool !== 'C++' || name === null) return false
  if (name === 'rust') return include(at, problem.path, '#include "rust/cxx.h"')
  // What std lacks is not what the page has of that name.
  if (/[‘'](?:::)?std(?:::\w+)*[’']/.test(problem.message.replace(/; did you mean .*$/, ''))) return false
  const declares = new RegExp(
    `\\b(?:class|struct|enum class|enum|using|namespace)\\s+${name}\\b|\\b${name}\\s*\\(`,
  )
  for (const [path, lines] of project.files)
    if (
      isHeader(path) &&
      path !== problem.path &&
      lines.some(({ text }) => declares.test(text)) &&
      include(at, problem.path, `#include "${project.name}/${path}"`)
    )
      return true
  const isOfBridge = (snippet: Snippet) => isBridge(snippet) && !isHeader(problem.path)
  for (const snippet of at.present)
    if (
      isOfBridge(snippet) &&
      names(snippet).has(name) &&
      include(at, problem.path, `#include "${project.name}/${snippet.path}.h"`)
    )
      return true
  return pullIn(
    at,
    (snippet) => (snippet.language === 'cpp' || isOfBridge(snippet)) && names(snippet).has(name),
  )
}
