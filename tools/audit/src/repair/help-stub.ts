import { absentHeader } from '../diagnostic/project-diagnostic.ts'
import { add, added, lineBelow, note, type Project } from '../project/project.ts'
import { headerFor, parentFor } from '../project/stub.ts'
import { type Bridge, readBridge } from '../snippet/bridge.ts'
import { identifiers, includes, isBridge, names } from '../snippet/facts.ts'
import { isLike } from '../snippet/language/alike.ts'
import { isHeader, stemOf } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { Case, Fix } from './fix.ts'
import { unknownInBridge, unknownInCxx } from './unknown.ts'

/** What a page leaves to its reader on the other side of a bridge, where the bridge says what that is. */

/** A header that a bridge includes and nobody shows. */
export const bridgedHeader: Fix = (at) => {
  const { problem, project, present } = at
  const path = absentHeader(problem)
  if (path === undefined || !isHeader(path)) return false
  const users = [...present].filter((snippet) => includes(snippet).includes(path))
  const owner = users.find(isBridge)
  const bridge = owner === undefined ? null : bridgeOf(project, owner)
  if (owner === undefined || bridge === null) return false
  // Where a header is shown that declares any of it, the name is wrong and not the header missing.
  const headers = [...present, ...at.reserve].filter(
    (snippet) => snippet.path !== null && isHeader(snippet.path),
  )
  const declared = declaredIn(bridge)
  const declares = (snippet: Snippet) =>
    declared.some((name) => new RegExp(`\\b${name}\\b`).test(snippet.outline.code))
  const isMeant = (snippet: Snippet) =>
    declares(snippet) || (isLike(stemOf(snippet.path!), stemOf(path)) && suits(project, owner, snippet))
  if (headers.some(isMeant)) return false
  const place = placeOf(path, project.name)
  if (project.files.has(place)) return false
  const text = headerFor(bridge, new Set(headers.flatMap((snippet) => [...names(snippet)])))
  project.files.set(place, text.split('\n').map(added))
  const what = declared.map((name) => `\`${name}\``).join(', ')
  note(
    project,
    place,
    text,
    {
      kind: 'stub',
      text: `write ${place}, which the guide does not show${what === '' ? '' : `, with ${what}`}`,
    },
    users,
  )
  return true
}

/** Whether a header can be the one that a bridge includes: it has a name that is like one of the bridge's. */
export function suits(project: Project, owner: Snippet, header: Snippet): boolean {
  const bridge = bridgeOf(project, owner)
  const declared = bridge === null ? [] : declaredIn(bridge)
  const known = [...identifiers(header)].slice(0, NAMES)
  return declared.length === 0 || declared.some((name) => known.some((word) => isLike(word, name)))
}

const NAMES = 500

/** The names that C++ has to declare for a bridge. */
const declaredIn = ({ cxx }: Bridge): string[] => [
  ...new Set([...cxx.types, ...cxx.aliases, ...cxx.functions.map(({ cxxName }) => cxxName)]),
]

/** What C++ has to declare for a bridge that includes nothing, where nobody shows it. */
export const bridgedNames: Fix = (at) => {
  const { problem, project, spot } = at
  if (problem.tool !== 'C++' || spot === null || !isBridge(spot.snippet)) return false
  const { snippet } = spot
  const bridge = bridgeOf(project, snippet)
  const name = unknownInCxx(problem)?.split('::').at(-1)
  if (bridge === null || name === undefined || includes(snippet).length > 0) return false
  const declared = declaredIn(bridge)
  if (!declared.includes(name)) return false
  // What is shown in a header is declared, and the bridge has to include it.
  const shown = [...at.present, ...at.reserve].filter(({ language }) => language === 'cpp')
  if (shown.some((other) => names(other).has(name))) return false
  const place = `include/${stemOf(snippet.path!)}.h`
  const row = /\bextern\s+"C\+\+"\s*\{/.exec(snippet.text)
  const line = row === null ? null : lineBelow(project, snippet, row.index + row[0].length)
  if (line === null || project.files.has(place)) return false
  const text = headerFor(bridge, new Set())
  project.files.set(place, text.split('\n').map(added))
  const what = declared.map((one) => `\`${one}\``).join(', ')
  note(
    project,
    place,
    text,
    { kind: 'stub', text: `write ${place}, which the guide does not show, with ${what}` },
    [snippet],
  )
  const include = `include!("${project.name}/${place}");`
  add(
    project,
    snippet.path!,
    line,
    include,
    { kind: 'bridge include', text: `add \`${include}\` to the bridge` },
    [snippet],
  )
  return true
}

/** A type that a bridge uses and nobody declares: one of both sides, so that it can be passed by value. */
export const bridgedType: Fix = ({ problem, project, spot }) => {
  const name = unknownInBridge(project, problem)
  if (name === null || spot === null || !isBridge(spot.snippet)) return false
  const { snippet } = spot
  const head = /\bcxx::bridge\b[^\]]*\]\s*(?:#\s*\[[^\]]*\]\s*)*(?:pub\s+)?mod\s+\w+\s*\{/.exec(snippet.text)
  const text = `struct ${name} { unused: u8 }`
  const line = head === null ? null : lineBelow(project, snippet, head.index + head[0].length)
  if (line === null || project.helps.some(({ help }) => help.added === text)) return false
  const help = `declare \`${name}\` in the bridge, which the guide does not show`
  add(project, snippet.path!, line, text, { kind: 'stub', text: help }, [snippet])
  return true
}

/** The bridge of a snippet, with the types that helps have declared in it. */
function bridgeOf({ helps }: Project, snippet: Snippet): Bridge | null {
  const bridge = readBridge(snippet.text, snippet.outline.code)
  if (bridge === null) return null
  const declared = helps.flatMap(({ help, snippets }) => {
    const name = /^struct (\w+) \{ unused: u8 \}$/.exec(help.added)?.[1]
    return name !== undefined && snippets.includes(snippet)
      ? [[name, { kind: 'struct', body: ' unused: u8 ', repr: null }] as const]
      : []
  })
  return { ...bridge, shared: new Map([...bridge.shared, ...declared]) }
}

/** The file of the package that an include means: without the package's own name, and below a folder that is searched. */
function placeOf(include: string, name: string): string {
  const [first, ...rest] = include.split('/')
  if (rest.length > 0 && first === name) return rest.join('/')
  return `include/${include}`
}

/** Types and functions that a bridge takes from the module around it. */
export const bridgedParent: Fix = (at) => {
  const { problem, project, spot } = at
  if (problem.tool !== 'rustc' || spot === null || !isBridge(spot.snippet)) return false
  const { snippet } = spot
  const bridge = bridgeOf(project, snippet)
  if (bridge === null || !isOfParent(at, snippet)) return false
  const inFile = [...at.present].filter((other) => other.path === snippet.path)
  const shown = new Set(inFile.flatMap((other) => [...ownNames(other)]))
  const text = parentFor(bridge, shown)
  if (text === '' || project.helps.some(({ help }) => help.added === text)) return false
  const missing = [...bridge.rust.types, ...bridge.rust.functions.map(({ name }) => name)].filter(
    (name) => !shown.has(name),
  )
  add(
    project,
    snippet.path!,
    project.files.get(snippet.path!)!.length + 1,
    text,
    {
      kind: 'stub',
      text: `write ${missing.map((name) => `\`${name}\``).join(', ')}, which the guide does not show`,
    },
    [snippet],
  )
  return true
}

/** Whether a problem is that the bridge's parent lacks something. */
function isOfParent({ problem }: Case, snippet: Snippet): boolean {
  const { code, message } = problem
  const missing = code !== null && ['E0432', 'E0433', 'E0425', 'E0412', 'E0599', 'E0583'].includes(code)
  const row = snippet.outline.code.split('\n').slice(0, 1).length
  return (
    missing &&
    row > 0 &&
    /\bsuper\b|in the root|in this scope|in the crate root|no (?:method|function)/.test(
      `${message} ${problem.notes.join(' ')}`,
    )
  )
}

/** What a snippet defines outside of its bridge. */
function ownNames(snippet: Snippet): string[] {
  const outside = snippet.outline.segments.flatMap(({ defines }) => /(\w+)$/.exec(defines ?? '')?.[1] ?? [])
  const methods = snippet.outline.segments.flatMap(({ start, end, defines }) =>
    defines === null
      ? [...snippet.outline.code.slice(start, end).matchAll(/\bfn\s+(\w+)/g)].map(([, name]) => name!)
      : [],
  )
  return [...outside, ...(isBridge(snippet) ? [] : methods)]
}
