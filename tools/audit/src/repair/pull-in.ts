import { needs, together } from '../placement/stage.ts'
import { joinFile } from '../project/assemble.ts'
import { type Assembled, added } from '../project/assembled.ts'
import { joinManifest } from '../project/manifest.ts'
import type { Spot } from '../project/where.ts'
import { nearest } from '../snippet/nearest.ts'
import type { Piece } from '../snippet/piece.ts'

type Taking = {
  assembled: Assembled
  reserve: readonly Piece[]
  present: Set<Piece>
  spot: Spot | null
}

/** Takes what another section shows into the package, and what stands in the same file with it. */
export function pullIn(at: Taking, wanted: (piece: Piece) => boolean): boolean {
  const { present, spot } = at
  const left = at.reserve.filter((piece) => !present.has(piece))
  const from = spot?.piece ?? [...present].at(-1)
  const found = from === undefined ? null : nearest(from, left.filter(wanted))
  if (found === null) return false
  take(at, found, together(found, left))
  // And what that one names in turn.
  for (let more = next(); more.length > 0; more = next()) take(at, more[0]!, more)
  return true

  function next(): Piece[] {
    const open = at.reserve.filter((piece) => !present.has(piece))
    return needs([...present], open)
  }
}

function take({ assembled, present }: Taking, found: Piece, parts: readonly Piece[]): void {
  const path = found.path!
  const inFile = [...present].filter((piece) => piece.path === path)
  // In a file that is there already, only what it lacks.
  const taken = inFile.length === 0 ? parts : [found]
  for (const piece of taken) present.add(piece)
  const lines = assembled.files.get(path)
  if (path === 'Cargo.toml') assembled.files.set(path, joinManifest(taken, assembled.name).lines)
  else if (lines === undefined) assembled.files.set(path, joinFile(taken, assembled))
  else lines.push(added(''), ...without(joinFile(taken, assembled), inFile))
}

/** A piece's lines without the items that the file has already. */
function without(lines: ReturnType<typeof joinFile>, present: readonly Piece[]): ReturnType<typeof joinFile> {
  const known = new Set(
    present.flatMap(({ outline }) => outline.segments.flatMap(({ defines }) => defines ?? [])),
  )
  const texts = new Set(
    present
      .flatMap(({ lines }) => lines.map(({ text }) => text.trim()))
      .filter((text) => text.startsWith('use ')),
  )
  return lines.map((line) => {
    if (line.piece === null || line.code === null) return line
    const row = line.piece.lines.indexOf(line.code)
    const gone = line.piece.outline.segments.some(
      ({ defines, firstLine, lastLine }) =>
        defines !== null && known.has(defines) && firstLine <= row && row <= lastLine,
    )
    return gone || texts.has(line.text.trim()) ? { ...line, text: '' } : line
  })
}
