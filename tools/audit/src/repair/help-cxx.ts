import { absentHeader } from '../diagnostic/project-diagnostic.ts'
import { note, snippetsIn, textOf } from '../project/project.ts'
import { includes, isBridge } from '../snippet/facts.ts'
import { baseOf, isHeader } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { type Fix, inNeed } from './fix.ts'
import { absentFile, absentLibrary, faultOfScript, insertCall, notLinked, standard } from './help-build.ts'
import { header, literals, ownHeader } from './help-header.ts'
import { bridgedHeader, bridgedNames, suits } from './help-stub.ts'
import { pullIn } from './pull-in.ts'

/** How guides write a path that is their reader's. */
const PLACEHOLDER = /^(?:your\/)?path\/(?:to|of)\//

const includePath: Fix = (at) => {
  const { problem, project } = at
  const wanted = absentHeader(problem)
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
    ([file, lines]) => baseOf(file) === baseOf(wanted) && isHeader(file) && isMeant(snippetsIn(lines)[0]),
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
  literals,
  header,
  ownHeader,
  bridgedNames,
  notLinked,
  absentFile,
  absentLibrary,
]
