import { type Json, jsonLine } from './json-line.ts'

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

/** The errors among JSON diagnostics, of rustc itself or as cargo embeds them, one a line. */
export function rustProblems(output: string): Problem[] {
  return output.split('\n').flatMap((line) => {
    const json = jsonLine(line)
    if (json === null) return []
    const message = json.reason === undefined ? json : json.message
    if (json.reason !== undefined && json.reason !== 'compiler-message') return []
    if (message?.level !== 'error' || /^(?:aborting due to|could not compile)/.test(message.message))
      return []
    return [rustProblem(message)]
  })
}

function rustProblem(json: Json): Problem {
  const spans: Json[] = json.spans.map(outermost)
  const primary = json.spans.findIndex((span: Json) => span.is_primary)
  const span = spans[Math.max(0, primary)]
  const children: Json[] = json.children
  const linking = /^linking with .+ failed/.test(json.message)
  return {
    tool: linking ? 'linker' : 'rustc',
    path: span?.file_name ?? 'Cargo.toml',
    line: span?.line_start ?? 1,
    column: span?.column_start ?? 1,
    code: json.code?.code ?? null,
    message: json.message,
    detail: (json.rendered ?? '').trimEnd().split('\n').slice(1),
    notes: [
      ...json.spans.flatMap((span: Json) => (span.label ? [span.label] : [])),
      ...children.map((child) => child.message),
    ],
    suggestions: children.flatMap((child) =>
      child.spans.flatMap((span: Json) =>
        span.suggested_replacement
          ? [{ path: span.file_name, line: span.line_start, text: span.suggested_replacement }]
          : [],
      ),
    ),
  }
}

function outermost(span: Json): Json {
  return span.expansion ? outermost(span.expansion.span) : span
}

const PLACED = /^([^\s:][^:\n]*):(\d+):(?:(\d+):)? (fatal error|error): (.*)$/
const BELOW = /^\s*\d*\s*\||^[^\s:][^:\n]*:\d+:(?:\d+:)? note: /
const FROM = /^(?:In file included from |\s+from )([^\s:][^:\n]*):(\d+)/
const REQUIRED = /^([^\s:][^:\n]*):(\d+):(\d+):\s+(?:required from|note: in instantiation of)/
const DETAIL_LINES = 12

/** The errors of g++ and clang. One within a library's own header is told at the place that led there. */
export function cxxProblems(output: string, isOwn: (path: string) => boolean): Problem[] {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^\s*(?:cargo:warning=|warning: [^ ]+@?[^ ]*: )/, ''))
  return lines.flatMap((text, at) => {
    const placed = PLACED.exec(text)
    if (placed === null) return []
    const below = lines.slice(at + 1)
    const end = below.findIndex((line) => !BELOW.test(line))
    const detail = below.slice(0, Math.min(end < 0 ? below.length : end, DETAIL_LINES))
    let place = { path: placed[1]!, line: Number(placed[2]), column: Number(placed[3] ?? 1) }
    if (!isOwn(place.path)) place = ledTo(lines, at, isOwn) ?? place
    const message = placed[5]!
    return [{ tool: 'C++' as const, ...place, code: null, message, detail, notes: detail, suggestions: [] }]
  })
}

/** The package's own line that led into somebody else's header: an include, or the use of a template. */
function ledTo(lines: readonly string[], at: number, isOwn: (path: string) => boolean) {
  const before = lines.slice(0, at).toReversed()
  const start = before.findIndex((line) => PLACED.test(line))
  for (const line of [...before.slice(0, start < 0 ? undefined : start), ...lines.slice(at + 1, at + 20)]) {
    const found = REQUIRED.exec(line) ?? FROM.exec(line)
    if (found !== null && isOwn(found[1]!))
      return { path: found[1]!, line: Number(found[2]), column: Number(found[3] ?? 1) }
  }
  return null
}

/** What the cxx bridge refuses before any compiler sees it. */
export function bridgeProblems(output: string, path: string): Problem[] {
  const lines = output.split('\n')
  return lines.flatMap((text, at) => {
    const message = /^\s*error(?:\[cxxbridge\])?: (.*)$/.exec(text)?.[1]
    if (message === undefined) return []
    const place = lines
      .slice(at, at + 4)
      .map((line) => /┌─ ([^:]+):(\d+):(\d+)/.exec(line))
      .find((found) => found !== null)
    const detail = lines.slice(at + 1, at + 1 + DETAIL_LINES)
    return [
      {
        tool: 'bridge' as const,
        path: place?.[1] ?? path,
        line: Number(place?.[2] ?? 1),
        column: Number(place?.[3] ?? 1),
        code: null,
        message,
        detail,
        notes: [],
        suggestions: [],
      },
    ]
  })
}
