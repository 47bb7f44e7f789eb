import { type Assembled, add, added, type Line, note, textOf } from './assembled.ts'
import { bring } from './bring.ts'
import type { Case, Remedy } from './help-rust.ts'
import { baseOf, isHeader } from './path.ts'
import type { Piece } from './piece.ts'
import type { Problem } from './problem.ts'
import { names } from './says.ts'
import { standardHeader } from './standard-headers.ts'
import { declarationOf, undefinedSymbols } from './where.ts'

const pieces = ({ spot }: Case): Piece[] => (spot === null ? [] : [spot.piece])

/** The name that a C++ compiler does not know. */
function unknownName({ message }: Problem): string | null {
  const found =
    /[‘'](?:std::)?(\w+)[’'] (?:is not a member of|in namespace|was not declared|has not been declared|does not name|is not a type|in class .* does not name)/.exec(
      message,
    ) ??
    /(?:no (?:type|template|member) named|unknown type name|use of undeclared identifier|no template named) [‘'](?:std::)?(\w+)[’']/.exec(
      message,
    ) ??
    /expected .* before [‘'](\w+)[’']/.exec(message) ??
    /[‘'](?:class |struct )?(?:std::)?(\w+)(?:<.*>)?.*[’'] has incomplete type|incomplete type [‘'](?:class |struct )?(?:std::)?(\w+)/.exec(
      message,
    )
  return found?.[1] ?? found?.[2] ?? null
}

/** Where an include belongs: below the last one of the file's head, else below `#pragma once`, else at the top. */
export function includeLine(lines: readonly Line[]): number {
  let at = 0
  for (const [index, { text }] of lines.entries()) {
    if (/^\s*#\s*(?:include|pragma\s+once|define\s+\w+_H\w*\s*$|ifndef\s+\w+_H)/.test(text)) at = index + 1
    else if (text.trim() !== '' && !/^\s*(?:\/\/|\/?\*|#)/.test(text)) break
  }
  return at + 1
}

function include(at: Case, path: string, text: string): boolean {
  const lines = at.assembled.files.get(path)
  if (lines === undefined || lines.some((line) => line.text.trim() === text)) return false
  add(
    at.assembled,
    path,
    includeLine(lines),
    text,
    { kind: 'header', text: `add \`${text}\` to ${path}` },
    pieces(at),
  )
  return true
}

const standard: Remedy = (at) => {
  const said = `${at.problem.message} ${at.problem.notes.join(' ')}`
  const wanted =
    /C\+\+(17|20|23) onwards/.exec(said)?.[1] ??
    (/-fcoroutines|coroutines? .*(?:C\+\+20|require)|_GLIBCXX_COROUTINE|[‘'](?:co_await|co_return|concept|requires|jthread|stop_token)[’']/.test(
      said,
    )
      ? '20'
      : null)
  return wanted !== null && setStandard(at, `c++${wanted}`)
}

/** The language standard that the package's C++ is compiled with; what the compiler itself takes without a word. */
export function standardOf({ files }: Assembled): string {
  const script = files.get('build.rs')
  return (
    (script === undefined
      ? null
      : /(?:\.std\(\s*"|-std=|\/std:)((?:c|gnu)\+\+\w+)/.exec(textOf(script))?.[1]) ??
    (script === undefined ? 'c++20' : 'gnu++17')
  )
}

function setStandard({ assembled, spot }: Case, wanted: string): boolean {
  const script = assembled.files.get('build.rs')
  if (script === undefined || standardOf(assembled).replace('gnu', 'c') >= wanted) return false
  const index = script.findIndex(({ text }) => /(?:c|gnu)\+\+\d\w/.test(text))
  if (index >= 0)
    script[index] = { ...script[index]!, text: script[index]!.text.replace(/(?:c|gnu)\+\+\d\w/, wanted) }
  else insertCall(script, `        .std("${wanted}")`)
  note(
    assembled,
    'build.rs',
    `.std("${wanted}")`,
    { kind: 'standard', text: `compile the C++ as ${wanted}: \`.std("${wanted}")\` in build.rs` },
    spot === null ? [] : [spot.piece],
  )
  return true
}

/** Puts a call before `.compile(...)` of a build script. */
function insertCall(script: Line[], text: string): void {
  const at = script.findIndex((line) => /\.compile\(/.test(line.text))
  if (at < 0) return
  const line = script[at]!
  const before = /^\s*\.compile\(/.test(line.text)
  if (before) script.splice(at, 0, added(text))
  else script[at] = { ...line, text: line.text.replace('.compile(', `${text.trim()}.compile(`) }
}

const header: Remedy = (at) => {
  const { problem } = at
  if (problem.tool !== 'C++') return false
  const told = problem.notes.flatMap((note) =>
    [...note.matchAll(/#include (<[\w./]+>)/g)].map(([, found]) => found!),
  )[0]
  const name = unknownName(problem)
  const known = told ?? (name === null ? null : wrap(standardHeader(name)))
  return known !== null && include(at, problem.path, `#include ${known}`)
}

const wrap = (name: string | null) => (name === null ? null : `<${name}>`)

const ownHeader: Remedy = (at) => {
  const { problem, assembled } = at
  const name = unknownName(problem)
  if (problem.tool !== 'C++' || name === null) return false
  if (name === 'rust') return include(at, problem.path, '#include "rust/cxx.h"')
  const declares = new RegExp(
    `\\b(?:class|struct|enum class|enum|using|namespace)\\s+${name}\\b|\\b${name}\\s*\\(`,
  )
  for (const [path, lines] of assembled.files)
    if (
      isHeader(path) &&
      path !== problem.path &&
      lines.some(({ text }) => declares.test(text)) &&
      include(at, problem.path, `#include "${assembled.name}/${path}"`)
    )
      return true
  for (const piece of at.present)
    if (
      piece.language === 'rust' &&
      names(piece).has(name) &&
      /cxx::bridge/.test(piece.outline.code) &&
      !isHeader(problem.path) &&
      include(at, problem.path, `#include "${assembled.name}/${piece.path}.h"`)
    )
      return true
  return bring(at, (piece) => piece.language === 'cpp' && names(piece).has(name))
}

const includePath: Remedy = (at) => {
  const { problem, assembled } = at
  const path = /fatal error: ([^:]+): No such file|[‘']([^’']+)[’'] file not found/.exec(
    `fatal error: ${problem.message}`,
  )
  const wanted = path?.[1] ?? path?.[2]
  if (wanted === undefined) return false
  const own = [...assembled.files.keys()].find((file) => file.endsWith(`/${wanted}`))
  const script = assembled.files.get('build.rs')
  if (own !== undefined && script !== undefined) {
    const folder = own.slice(0, -wanted.length - 1)
    if (textOf(script).includes(`.include("${folder}")`)) return false
    insertCall(script, `        .include("${folder}")`)
    note(
      assembled,
      'build.rs',
      `.include("${folder}")`,
      {
        kind: 'include path',
        text: `let the compiler look in ${folder}: \`.include("${folder}")\` in build.rs`,
      },
      pieces(at),
    )
    return true
  }
  const similar = [...assembled.files.keys()].find(
    (file) => baseOf(file) === baseOf(wanted) && isHeader(file),
  )
  const generated = /(\w+\/)?(src\/\w+\.rs)\.h$/.exec(wanted)?.[2]
  const mended =
    similar ?? (generated !== undefined && assembled.files.has(generated) ? `${generated}.h` : undefined)
  if (mended !== undefined) {
    const text = `${assembled.name}/${mended}`
    const lines = assembled.files.get(problem.path)
    const line = lines?.findIndex((line) => line.text.includes(`"${wanted}"`)) ?? -1
    if (lines === undefined || line < 0 || wanted === text) return false
    lines[line] = { ...lines[line]!, text: lines[line]!.text.replace(wanted, text) }
    note(
      assembled,
      problem.path,
      lines[line]!.text.trim(),
      { kind: 'include path', text: `include ${wanted} as "${text}" in ${problem.path}` },
      pieces(at),
    )
    return true
  }
  return bring(
    at,
    (piece) =>
      piece.path !== null &&
      (baseOf(piece.path) === baseOf(wanted) || `${piece.path}.h`.endsWith(wanted.replace(/^[\w-]+\//, ''))),
  )
}

const notLinked: Remedy = (at) => {
  const { problem, assembled } = at
  if (problem.tool !== 'linker') return false
  for (const name of undefinedSymbols(problem)) {
    const defines = (piece: Piece) => piece.language === 'cpp' && names(piece).has(name)
    const script = assembled.files.get('build.rs')
    const shown = [...at.present].find(defines)
    if (shown !== undefined && script !== undefined) {
      if (textOf(script).includes(`"${shown.path}"`) || isHeader(shown.path!)) continue
      insertCall(script, `        .file("${shown.path}")`)
      note(
        assembled,
        'build.rs',
        `.file("${shown.path}")`,
        { kind: 'build script', text: `compile ${shown.path}: \`.file("${shown.path}")\` in build.rs` },
        [shown],
      )
      return true
    }
    if (bring(at, defines)) return true
  }
  return false
}

/** A file that build.rs names and the guide does not show: the reader has to have it. */
const absentFile: Remedy = (at) => {
  const { problem, assembled } = at
  const path =
    problem.tool === 'cargo'
      ? problem.notes
          .map((line) => /fatal error: ([^:]+): No such file/.exec(line)?.[1])
          .find((found) => found !== undefined)
      : undefined
  const script = assembled.files.get('build.rs')
  if (path === undefined || script === undefined) return false
  const line = script.findIndex(({ text }) => text.includes(`"${path}"`))
  if (line < 0) return false
  const owner = script[line]!.piece
  if (bring(at, (piece) => piece.path === path)) return true
  assembled.files.set(path, [added('')])
  note(
    assembled,
    path,
    '',
    { kind: 'stub', text: `write ${path}, which build.rs compiles and the guide does not show` },
    owner === null ? [] : [owner],
  )
  return true
}

/** What is declared and nowhere shown. It is compiled against all the same, but cannot be linked. */
export function missingDefinitions(assembled: Assembled, problem: Problem): boolean {
  let found = false
  for (const name of problem.tool === 'linker' ? undefinedSymbols(problem) : []) {
    const spot = declarationOf(assembled, name)
    if (spot === null) continue
    note(
      assembled,
      spot.path,
      '',
      { kind: 'stub', text: `define \`${name}\`, which the guide declares and does not show` },
      [spot.piece],
    )
    found = true
  }
  return found
}

export const cxxRemedies: readonly Remedy[] = [
  standard,
  includePath,
  header,
  ownHeader,
  notLinked,
  absentFile,
]
