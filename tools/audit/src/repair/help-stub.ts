import { add, added, note } from '../project/assembled.ts'
import { headerFor, parentFor } from '../project/stub.ts'
import { readBridge } from '../snippet/bridge.ts'
import { baseOf, isHeader, stemOf } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import { includes, isBridge, names } from '../snippet/says.ts'
import { isLike } from './beyond.ts'
import type { Case, Remedy } from './remedy.ts'

/** What a page leaves to its reader on the other side of a bridge, where the bridge says what that is. */

/** A header that a bridge includes and nobody shows. */
export const bridgedHeader: Remedy = (at) => {
  const { problem, assembled, present } = at
  const wanted = /^([^\s:]+): No such file|^[‘']([^’']+)[’'] file not found/.exec(problem.message)
  const path = wanted?.[1] ?? wanted?.[2]
  if (path === undefined || !isHeader(path)) return false
  const users = [...present].filter((piece) => includes(piece).includes(path))
  const owner = users.find(isBridge)
  const bridge = owner === undefined ? null : readBridge(owner.text, owner.outline.code)
  if (owner === undefined || bridge === null) return false
  // Where a header is shown that declares any of it, the name is wrong and not the header missing.
  const headers = [...present, ...at.reserve].filter((piece) => piece.path !== null && isHeader(piece.path))
  const declared = [...bridge.cxx.types, ...bridge.cxx.functions.map(({ cxxName }) => cxxName)]
  const isMeant = (piece: Piece) =>
    isLike(stemOf(piece.path!), stemOf(path)) ||
    declared.some((name) => new RegExp(`\\b${name}\\b`).test(piece.outline.code))
  if (headers.some(isMeant)) return false
  const place = placeOf(path, assembled.name)
  if (assembled.files.has(place)) return false
  const text = headerFor(bridge, new Set(headers.flatMap((piece) => [...names(piece)])))
  assembled.files.set(place, text.split('\n').map(added))
  const what = declared.map((name) => `\`${name}\``).join(', ')
  note(
    assembled,
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

/** The file of the package that an include means: without the package's own name, and below a folder that is searched. */
function placeOf(include: string, name: string): string {
  const [first, ...rest] = include.split('/')
  if (rest.length > 0 && first === name) return rest.join('/')
  return rest.length > 0 ? include : `include/${baseOf(include)}`
}

/** Types and functions that a bridge takes from the module around it. */
export const bridgedParent: Remedy = (at) => {
  const { problem, assembled, spot } = at
  if (problem.tool !== 'rustc' || spot === null || !isBridge(spot.piece)) return false
  const { piece } = spot
  const bridge = readBridge(piece.text, piece.outline.code)
  if (bridge === null || !isOfParent(at, piece)) return false
  const inFile = [...at.present].filter((other) => other.path === piece.path)
  const shown = new Set(inFile.flatMap((other) => [...ownNames(other)]))
  const text = parentFor(bridge, shown)
  if (text === '' || assembled.helps.some(({ help }) => help.added === text)) return false
  const missing = [...bridge.rust.types, ...bridge.rust.functions.map(({ name }) => name)].filter(
    (name) => !shown.has(name),
  )
  add(
    assembled,
    piece.path!,
    assembled.files.get(piece.path!)!.length + 1,
    text,
    {
      kind: 'stub',
      text: `write ${missing.map((name) => `\`${name}\``).join(', ')}, which the guide does not show`,
    },
    [piece],
  )
  return true
}

/** Whether a problem is that the bridge's parent lacks something. */
function isOfParent({ problem }: Case, piece: Piece): boolean {
  const { code, message } = problem
  const missing = code !== null && ['E0432', 'E0433', 'E0425', 'E0412', 'E0599', 'E0583'].includes(code)
  const row = piece.outline.code.split('\n').slice(0, 1).length
  return (
    missing &&
    row > 0 &&
    /\bsuper\b|in the root|in this scope|in the crate root|no (?:method|function)/.test(
      `${message} ${problem.notes.join(' ')}`,
    )
  )
}

/** What a piece defines outside of its bridge. */
function ownNames(piece: Piece): string[] {
  const outside = piece.outline.segments.flatMap(({ defines }) => /(\w+)$/.exec(defines ?? '')?.[1] ?? [])
  const methods = piece.outline.segments.flatMap(({ start, end, defines }) =>
    defines === null
      ? [...piece.outline.code.slice(start, end).matchAll(/\bfn\s+(\w+)/g)].map(([, name]) => name!)
      : [],
  )
  return [...outside, ...(isBridge(piece) ? [] : methods)]
}
