import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { addDependency } from '../project/build-script.ts'
import { versionOf } from '../project/known-crates.ts'
import { dependencies } from '../project/manifest.ts'
import { added, type Line, note, type Project, textOf } from '../project/project.ts'
import { standardOf } from '../project/standard.ts'
import { declarationOf, undefinedSymbols } from '../project/where.ts'
import { isBridge, names } from '../snippet/facts.ts'
import { isHeader, isInside, pathsIn } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Case, Fix } from './fix.ts'
import { pullIn } from './pull-in.ts'

/** What a reader changes in build.rs. */

export const standard: Fix = (at) => {
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

/** Notes that a build script that the page shows fails as it stands; `message` is what comes of it. */
export function faultOfScript(project: Project, message: string, fix: string): void {
  const script = project.files.get('build.rs')!
  const compiles = script.findIndex(({ text, code }) => code !== null && /\.compile\(/.test(text))
  const line = compiles >= 0 ? compiles : script.findIndex(({ code }) => code !== null)
  if (line >= 0) project.edits.push({ path: 'build.rs', line: line + 1, message, fix })
}

function setStandard({ project, spot, problem }: Case, wanted: string): boolean {
  const script = project.files.get('build.rs')
  if (script === undefined || standardOf(project).replace('gnu', 'c') >= wanted) return false
  const index = script.findIndex(({ text }) => /(?:c|gnu)\+\+\d\w/.test(text))
  if (index >= 0)
    script[index] = { ...script[index]!, text: script[index]!.text.replace(/(?:c|gnu)\+\+\d\w/, wanted) }
  else insertCall(script, `        .std("${wanted}")`)
  faultOfScript(project, problem.message, `.std("${wanted}")`)
  note(
    project,
    'build.rs',
    `.std("${wanted}")`,
    { kind: 'standard', text: `compile the C++ as ${wanted}: \`.std("${wanted}")\` in build.rs` },
    spot === null ? [] : [spot.snippet],
  )
  return true
}

/** Puts a call before `.compile(...)` of a build script. */
export function insertCall(script: Line[], text: string): void {
  const at = script.findIndex((line) => /\.compile\(/.test(line.text))
  if (at < 0) return
  const line = script[at]!
  const before = /^\s*\.compile\(/.test(line.text)
  if (before) script.splice(at, 0, added(text))
  else script[at] = { ...line, text: line.text.replace('.compile(', `${text.trim()}.compile(`) }
}

export const notLinked: Fix = (at) => {
  const { problem, project } = at
  if (problem.tool !== 'linker') return false
  for (const name of undefinedSymbols(problem)) {
    const defines = (snippet: Snippet) => snippet.language === 'cpp' && names(snippet).has(name)
    const script = project.files.get('build.rs')
    const shown = [...at.present].find(defines)
    if (shown !== undefined && script !== undefined) {
      if (textOf(script).includes(`"${shown.path}"`) || isHeader(shown.path!)) continue
      insertCall(script, `        .file("${shown.path}")`)
      faultOfScript(
        project,
        `nothing defines \`${name}\`, which ${shown.path} does`,
        `.file("${shown.path}")`,
      )
      note(
        project,
        'build.rs',
        `.file("${shown.path}")`,
        { kind: 'build script', text: `compile ${shown.path}: \`.file("${shown.path}")\` in build.rs` },
        [shown],
      )
      return true
    }
    if (pullIn(at, defines)) return true
  }
  return false
}

/** A file that build.rs names and the guide does not show: the reader has to have it. */
export const absentFile: Fix = (at) => {
  const { project } = at
  const path = absentIn(at)
  const script = project.files.get('build.rs')
  if (path === undefined || script === undefined || project.files.has(path)) return false
  const line = script.findIndex(({ text }) => text.includes(`"${path}"`))
  if (line < 0) return false
  const owner = script[line]!.snippet
  if (pullIn(at, (snippet) => snippet.path === path)) return true
  const isRust = path.endsWith('.rs')
  // Where a bridge is shown, the script names another file than that one's.
  if (isRust && [...at.present, ...at.reserve].some(isBridge)) return false
  const main = path === 'src/main.rs' ? '\n\nfn main() {}' : ''
  const text = isRust ? `#[cxx::bridge]\nmod ffi {}${main}` : ''
  project.files.set(path, text.split('\n').map(added))
  const users = owner === null ? [] : [owner]
  note(
    project,
    path,
    text,
    { kind: 'stub', text: `write ${path}, which build.rs reads and the guide does not show` },
    users,
  )
  if (isRust && !dependencies(project.files.get('Cargo.toml')!).includes('cxx'))
    addDependency(project, 'cxx', versionOf('cxx')!, users)
  return true
}

/** The file that a build script, or a compiler that it starts, does not find. */
function absentIn({ problem, spot, project }: Case): string | undefined {
  if (problem.tool !== 'cargo') return undefined
  const named = /^the build script fails: there is no (\S+)$/.exec(problem.message)?.[1]
  const included = problem.notes
    .map((line) => /fatal error: ([^:]+): No such file/.exec(line)?.[1])
    .find((found) => found !== undefined)
  if (included ?? named) return included ?? named
  // What the script copies or reads itself stands in the line that panics.
  return /^the build script panicked: .*\bNotFound\b/.test(problem.message) && spot !== null
    ? pathsIn(spot.code.text).find((path) => isInside(path) && !project.files.has(path))
    : undefined
}

/** What is declared and nowhere shown. It is compiled against all the same, but cannot be linked. */
export function missingDefinitions(project: Project, problem: ProjectDiagnostic): boolean {
  let found = false
  for (const name of problem.tool === 'linker' ? undefinedSymbols(problem) : []) {
    const spot = declarationOf(project, name)
    if (spot === null) continue
    note(
      project,
      spot.path,
      '',
      { kind: 'stub', text: `define \`${name}\`, which the guide declares and does not show` },
      [spot.snippet],
    )
    found = true
  }
  return found
}

/** A part of the package that a manifest names, and of which no file is shown. */
export const absentLibrary: Fix = ({ problem, project, present }) => {
  const said = `${problem.message}\n${problem.notes.join('\n')}`
  if (problem.tool !== 'cargo' || !/can't find library/.test(said) || project.files.has('src/lib.rs'))
    return false
  const users = [...present].filter(
    ({ language, text }) => language === 'toml' && /^[ \t]*\[lib\]/m.test(text),
  )
  project.files.set('src/lib.rs', [added('')])
  const text = 'write src/lib.rs, which `[lib]` is made of and the guide does not show'
  note(project, 'src/lib.rs', '', { kind: 'stub', text }, users)
  return true
}
