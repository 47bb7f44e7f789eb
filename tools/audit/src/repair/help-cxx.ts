import type { Problem } from '../diagnostic/problem.ts'
import { add, isInC, type Line, note, textOf } from '../project/project.ts'
import { baseOf, isHeader } from '../snippet/path.ts'
import { includes, isBridge, names } from '../snippet/says.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { type Case, type Fix, inNeed } from './fix.ts'
import { absentFile, absentLibrary, faultOfScript, insertCall, notLinked, standard } from './help-build.ts'
import { bridgedHeader, bridgedNames, suits } from './help-stub.ts'
import { pullIn } from './pull-in.ts'
import { standardHeader } from './standard-headers.ts'

/** The name that a C++ compiler does not know. */
function unknownName({ message, detail }: Problem): string | null {
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
  add(
    at.project,
    path,
    includeLine(lines),
    text,
    { kind: 'header', text: `add \`${text}\` to ${path}` },
    inNeed(at),
  )
  return true
}

const header: Fix = (at) => {
  const { problem } = at
  if (problem.tool !== 'C++') return false
  const reported = problem.notes.flatMap((note) =>
    [...note.matchAll(/(?:#include|\binclude [‘']?)\s*(<[\w./]+>)/g)].map(([, found]) => found!),
  )[0]
  const name = unknownName(problem)
  const known =
    reported ??
    (name === null
      ? null
      : wrap(
          standardHeader(name, /[‘'](?:::)?std(?:::|[’'])/.test(problem.message)),
          isInC(at.project, problem.path),
        ))
  return known !== null && include(at, problem.path, `#include ${known}`)
}

const wrap = (name: string | null, isC: boolean) =>
  name === null ? null : isC ? `<${name.replace(/^c/, '')}.h>` : `<${name}>`

const ownHeader: Fix = (at) => {
  const { problem, project } = at
  const name = unknownName(problem)
  if (problem.tool !== 'C++' || name === null) return false
  if (name === 'rust') return include(at, problem.path, '#include "rust/cxx.h"')
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
  for (const snippet of at.present)
    if (
      snippet.language === 'rust' &&
      names(snippet).has(name) &&
      /cxx::bridge/.test(snippet.outline.code) &&
      !isHeader(problem.path) &&
      include(at, problem.path, `#include "${project.name}/${snippet.path}.h"`)
    )
      return true
  const isOfBridge = (snippet: Snippet) => isBridge(snippet) && !isHeader(problem.path)
  return pullIn(
    at,
    (snippet) => (snippet.language === 'cpp' || isOfBridge(snippet)) && names(snippet).has(name),
  )
}

/** How guides write a path that is their reader's. */
const PLACEHOLDER = /^(?:your\/)?path\/(?:to|of)\//

const includePath: Fix = (at) => {
  const { problem, project } = at
  const path = /fatal error: ([^:]+): No such file|[‘']([^’']+)[’'] file not found/.exec(
    `fatal error: ${problem.message}`,
  )
  const wanted = path?.[1] ?? path?.[2]
  if (wanted === undefined) return false
  const own = [...project.files.keys()].find((file) => file.endsWith(`/${wanted}`))
  const script = project.files.get('build.rs')
  if (own !== undefined && script !== undefined) {
    const folder = own.slice(0, -wanted.length - 1)
    if (textOf(script).includes(`.include("${folder}")`)) return false
    insertCall(script, `        .include("${folder}")`)
    faultOfScript(project, problem.message, `.include("${folder}")`)
    const users = [...at.present].filter((snippet) => includes(snippet).includes(wanted))
    note(
      project,
      'build.rs',
      `.include("${folder}")`,
      {
        kind: 'include path',
        text: `let the compiler look in ${folder}: \`.include("${folder}")\` in build.rs`,
      },
      [...new Set([...inNeed(at), ...users])],
    )
    return true
  }
  const owner = at.spot !== null && isBridge(at.spot.snippet) ? at.spot.snippet : null
  const isMeant = (snippet: Snippet | undefined) =>
    owner === null || snippet === undefined || suits(project, owner, snippet)
  const similar = [...project.files].find(
    ([file, lines]) =>
      baseOf(file) === baseOf(wanted) &&
      isHeader(file) &&
      isMeant(lines.flatMap(({ snippet }) => snippet ?? [])[0]),
  )?.[0]
  const generated = /(\w+\/)?(src\/\w+\.rs)\.h$/.exec(wanted)?.[2]
  const fixed =
    similar ?? (generated !== undefined && project.files.has(generated) ? `${generated}.h` : undefined)
  if (fixed !== undefined) {
    const text = `${project.name}/${fixed}`
    const place = at.spot?.path ?? problem.path
    const lines = project.files.get(place)
    const line = lines?.findIndex((line) => line.text.includes(`"${wanted}"`)) ?? -1
    if (lines === undefined || line < 0 || wanted === text) return false
    // What a bridge says is no slip of the pen where it says that its reader has to put his own path there.
    if (owner !== null && !PLACEHOLDER.test(wanted)) return false
    lines[line] = { ...lines[line]!, text: lines[line]!.text.replace(wanted, text) }
    note(
      project,
      place,
      lines[line]!.text.trim(),
      { kind: 'include path', text: `include ${wanted} as "${text}" in ${place}` },
      inNeed(at),
    )
    return true
  }
  return pullIn(
    at,
    (snippet) =>
      snippet.path !== null &&
      ((baseOf(snippet.path) === baseOf(wanted) && isMeant(snippet)) ||
        `${snippet.path}.h`.endsWith(wanted.replace(/^[\w-]+\//, ''))),
  )
}

export const cxxFixes: readonly Fix[] = [
  standard,
  includePath,
  bridgedHeader,
  header,
  ownHeader,
  bridgedNames,
  notLinked,
  absentFile,
  absentLibrary,
]
