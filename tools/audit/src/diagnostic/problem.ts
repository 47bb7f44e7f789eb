import { type Json, listIn, part, placeIn, readJson, textIn } from './json-line.ts'
import { outputLines } from './output-lines.ts'

/** What a tool says is wrong, at a line of the assembled package or of what is generated from it. */
export type Problem = {
  tool: 'rustc' | 'C++' | 'bridge' | 'cargo' | 'CMake' | 'linker' | 'run'
  /** From the package's folder where it is within; otherwise as the tool wrote it. 1-based. */
  path: string
  line: number
  column: number
  code: string | null
  message: string
  detail: readonly string[]
  /** All that the tool adds: notes, labels, and what it would write where. */
  notes: readonly string[]
  suggestions: readonly { path: string; line: number; text: string }[]
  /** What was compiled when it was said. What comes later in the same unit may follow from it. */
  unit?: string
}

/** More problems than these are no more use to anybody; and of each, so much is kept. */
const PROBLEMS = 200
const PARTS = 100
const MESSAGE_CHARACTERS = 1_000
const NOTE_CHARACTERS = 100_000

/** The errors among JSON diagnostics, of rustc itself or as cargo embeds them, one a line. */
export function rustProblems(output: string): Problem[] {
  return readJson(output, PROBLEMS, (json) => {
    const reason = part(json, 'reason')
    const message = reason === undefined ? json : part(json, 'message')
    if (reason !== undefined && reason !== 'compiler-message') return null
    if (part(message, 'level') !== 'error') return null
    const problem = rustProblem(message)
    return /^(?:aborting due to|could not compile)/.test(problem.message) ? null : problem
  })
}

function rustProblem(json: Json): Problem {
  const spans = listIn(json, 'spans', PARTS)
  const children = listIn(json, 'children', PARTS)
  const span = outermost(spans.find((span) => part(span, 'is_primary') === true) ?? spans[0])
  const message = textIn(json, 'message', MESSAGE_CHARACTERS) ?? ''
  const said = (value: Json, key: string) => textIn(value, key, NOTE_CHARACTERS) || []
  return {
    tool: /^linking with .+ failed/.test(message) ? 'linker' : 'rustc',
    path: textIn(span, 'file_name', MESSAGE_CHARACTERS) ?? 'Cargo.toml',
    line: placeIn(span, 'line_start'),
    column: placeIn(span, 'column_start'),
    code: textIn(part(json, 'code'), 'code', MESSAGE_CHARACTERS),
    message,
    detail: (textIn(json, 'rendered', NOTE_CHARACTERS) ?? '').trimEnd().split('\n').slice(1),
    notes: [
      ...spans.flatMap((span) => said(span, 'label')),
      ...children.flatMap((child) => said(child, 'message')),
      ...children.flatMap((child) => listIn(child, 'spans', PARTS).flatMap((span) => said(span, 'label'))),
    ],
    suggestions: children.flatMap((child) =>
      listIn(child, 'spans', PARTS).flatMap((span) => {
        const text = textIn(span, 'suggested_replacement', MESSAGE_CHARACTERS)
        const path = textIn(span, 'file_name', MESSAGE_CHARACTERS)
        return text && path !== null ? [{ path, line: placeIn(span, 'line_start'), text }] : []
      }),
    ),
  }
}

/** Where the outermost of the macros was called that a span is in. */
function outermost(span: Json): Json {
  let outer = span
  for (let depth = 0; depth < PARTS; depth++) {
    const inner = part(part(outer, 'expansion'), 'span')
    if (inner === undefined) break
    outer = inner
  }
  return outer
}

const PLACED = /^([^\s:][^:\n]*):(\d+):(?:(\d+):)? (fatal error|error): (.*)$/
const BELOW = /^\s*\d*\s*\||^[^\s:][^:\n]*:\d+:(?:\d+:)? note: /
const FROM = /^(?:In file included from |\s+from )([^\s:][^:\n]*):(\d+)/
const REQUIRED = /^([^\s:][^:\n]*):(\d+):(\d+):\s+(?:required from|note: in instantiation of)/
const EXPANDED = /^([^\s:][^:\n]*):(\d+):(\d+):\s+note: (?:in expansion of macro|expanded from macro)/
const DETAIL_LINES = 12

/** How far from an error what led to it is looked for. */
const NEAR = 200

/** The errors of g++ and clang. One within a library's own header is told at the place that led there. */
export function cxxProblems(output: string, isOwn: (path: string) => boolean): Problem[] {
  const lines = outputLines(output).map((line) => line.replace(/^\s*(?:cargo:warning=|warning: [^ ]+: )/, ''))
  const found: Problem[] = []
  for (const [at, text] of lines.entries()) {
    const placed = PLACED.exec(text)
    if (placed === null) continue
    const below = lines.slice(at + 1, at + 1 + DETAIL_LINES)
    const end = below.findIndex((line) => !BELOW.test(line))
    const detail = below.slice(0, end < 0 ? undefined : end)
    let place = { path: placed[1]!, line: Number(placed[2]), column: Number(placed[3] ?? 1) }
    if (!isOwn(place.path)) place = ledTo(lines, at, isOwn) ?? place
    const message = placed[5]!.slice(0, MESSAGE_CHARACTERS)
    found.push({ tool: 'C++', ...place, code: null, message, detail, notes: detail, suggestions: [] })
    if (found.length === PROBLEMS) break
  }
  return found
}

/** The package's own line that led into somebody else's header: an include, or the use of a template. */
function ledTo(lines: readonly string[], at: number, isOwn: (path: string) => boolean) {
  const above = lines.slice(Math.max(0, at - NEAR), at).toReversed()
  const start = above.findIndex((line) => PLACED.test(line))
  const before = above.slice(0, start < 0 ? undefined : start)
  const below = lines.slice(at + 1, at + NEAR)
  const end = below.findIndex((line) => PLACED.test(line))
  const after = below.slice(0, end < 0 ? undefined : end)
  // Where a template or a macro is used says more than where its header is included.
  for (const [pattern, among] of [
    [EXPANDED, after],
    [REQUIRED, [...before, ...after]],
    [FROM, [...before, ...after]],
  ] as const)
    for (const line of among) {
      const found = pattern.exec(line)
      if (found !== null && isOwn(found[1]!))
        return { path: found[1]!, line: Number(found[2]), column: Number(found[3] ?? 1) }
    }
  return null
}

/** What the cxx bridge refuses before any compiler sees it. */
export function bridgeProblems(output: string, path: string): Problem[] {
  const lines = outputLines(output)
  const found: Problem[] = []
  for (const [at, text] of lines.entries()) {
    const message = /^\s*error(?:\[cxxbridge\])?: (.*)$/.exec(text)?.[1]
    if (message === undefined || CARGOS_OWN.test(message)) continue
    const place = lines
      .slice(at, at + 4)
      .map((line) => /┌─ ([^:]+):(\d+):(\d+)/.exec(line))
      .find((match) => match !== null)
    const detail = lines.slice(at + 1, at + 1 + DETAIL_LINES)
    found.push({
      tool: 'bridge',
      path: place?.[1] ?? path,
      line: Number(place?.[2] ?? 1),
      column: Number(place?.[3] ?? 1),
      code: null,
      message: message.slice(0, MESSAGE_CHARACTERS),
      detail,
      notes: [],
      suggestions: [],
    })
    if (found.length === PROBLEMS) break
  }
  return found
}

/** How cargo ends, where a bridge was refused. */
const CARGOS_OWN = /^(?:failed to run|could not compile|build failed)/
