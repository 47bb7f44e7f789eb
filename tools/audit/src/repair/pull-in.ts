import { needs, together } from '../placement/snapshot.ts'
import { joinFile } from '../project/assemble.ts'
import { joinManifest } from '../project/manifest.ts'
import { added, type Project } from '../project/project.ts'
import type { Spot } from '../project/where.ts'
import { nearest } from '../snippet/nearest.ts'
import type { Snippet } from '../snippet/snippet.ts'

type Taking = {
  project: Project
  reserve: readonly Snippet[]
  present: Set<Snippet>
  spot: Spot | null
}

/** Takes what another section shows into the package, and what stands in the same file with it. */
export function pullIn(at: Taking, wanted: (snippet: Snippet) => boolean): boolean {
  const { present, spot } = at
  const left = at.reserve.filter((snippet) => !present.has(snippet))
  const from = spot?.snippet ?? [...present].at(-1)
  const found = from === undefined ? null : nearest(from, left.filter(wanted))
  if (found === null) return false
  take(at, found, together(found, left))
  // And what that one names in turn.
  for (let more = next(); more.length > 0; more = next()) take(at, more[0]!, more)
  return true

  function next(): Snippet[] {
    const open = at.reserve.filter((snippet) => !present.has(snippet))
    return needs([...present], open)
  }
}

function take({ project, present }: Taking, found: Snippet, parts: readonly Snippet[]): void {
  const path = found.path!
  const inFile = [...present].filter((snippet) => snippet.path === path)
  // In a file that is there already, only what it lacks.
  const taken = inFile.length === 0 ? parts : [found]
  for (const snippet of taken) present.add(snippet)
  const lines = project.files.get(path)
  if (path === 'Cargo.toml') project.files.set(path, joinManifest(taken, project.name).lines)
  else if (lines === undefined) project.files.set(path, joinFile(taken, project))
  // A macro, and all of C++, has to stand before what uses it.
  else if (inFile.every(({ number }) => number > found.number))
    lines.unshift(...without(joinFile(taken, project), inFile), added(''))
  else lines.push(added(''), ...without(joinFile(taken, project), inFile))
}

/** A snippet's lines without the items that the file has already. */
function without(
  lines: ReturnType<typeof joinFile>,
  present: readonly Snippet[],
): ReturnType<typeof joinFile> {
  const known = new Set(
    present.flatMap(({ outline }) => outline.segments.flatMap(({ defines }) => defines ?? [])),
  )
  const texts = new Set(
    present
      .flatMap(({ lines }) => lines.map(({ text }) => text.trim()))
      .filter((text) => text.startsWith('use ')),
  )
  return lines.map((line) => {
    if (line.snippet === null || line.code === null) return line
    const row = line.snippet.lines.indexOf(line.code)
    const gone = line.snippet.outline.segments.some(
      ({ defines, firstLine, lastLine }) =>
        defines !== null && known.has(defines) && firstLine <= row && row <= lastLine,
    )
    return gone || texts.has(line.text.trim()) ? { ...line, text: '' } : line
  })
}
