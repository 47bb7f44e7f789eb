import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'
import { type Json, listOf, part, positionOf, readJsonLines, textOf } from './json.ts'

/** Macros that call one another are followed so far. */
const DEPTH = 100
/** A closing line such as "aborting due to 2 previous errors", which says nothing new. */
const CLOSING = /^(aborting due to|\d+ warnings? emitted|could not compile)/
/** More diagnostics than these are no more use to anybody, and of each so many parts. */
const MOST = 200
const PARTS = 100

/** The errors and warnings of `rustc --error-format=json`, also where cargo embeds them. */
export function rustDiagnostics(output: string): Diagnostic[] {
  const ofCargo = (json: Json) => (part(json, 'reason') === 'compiler-message' ? part(json, 'message') : json)
  return readJsonLines(output, (json) => rustDiagnostic(ofCargo(json)), MOST)
}

/** One diagnostic of rustc; `null` for what is neither an error nor a warning, or says nothing new. */
export function rustDiagnostic(json: Json): Diagnostic | null {
  const severity = /^(?:error|warning)/.exec(textOf(json, 'level') ?? '')?.[0] as Diagnostic['severity']
  const message = textOf(json, 'message')
  if (severity === undefined || message === null) return null
  const [spans, children] = [partsOf(json, 'spans'), partsOf(json, 'children')]
  if (spans.length === 0 && CLOSING.test(message)) return null
  const primary = spans.filter((span) => part(span, 'is_primary') === true)
  const [location = null, ...related] = (primary.length > 0 ? primary : spans).map(locationOf)
  const rendered = textOf(json, 'rendered') ?? message
  return diagnostic({
    tool: /^linking with .+ failed/.test(message) ? 'linker' : 'rustc',
    severity,
    code: textOf(part(json, 'code'), 'code'),
    message,
    location,
    related: primary.length > 0 ? related : [],
    detail: rendered.trimEnd().split('\n').slice(1),
    notes: [
      ...spans.flatMap((span) => textOf(span, 'label') || []),
      ...children.flatMap((child) => textOf(child, 'message') || []),
      ...children.flatMap((child) => partsOf(child, 'spans').flatMap((span) => textOf(span, 'label') || [])),
    ],
    suggestions: children.flatMap((child) =>
      partsOf(child, 'spans').flatMap((span) => {
        const text = textOf(span, 'suggested_replacement')
        return text ? [{ ...locationOf(span), text }] : []
      }),
    ),
    rendered,
  })
}

const partsOf = (json: Json, key: string) => listOf(json, key).slice(0, PARTS)

/** A span inside a macro's own text is shown where the macro was called. */
function locationOf(span: Json): ToolLocation {
  let outer = span
  for (let depth = 0; depth < DEPTH; depth++) {
    const called = part(part(outer, 'expansion'), 'span')
    if (called === undefined) break
    outer = called
  }
  return {
    path: textOf(outer, 'file_name') ?? '',
    line: positionOf(outer, 'line_start'),
    column: positionOf(outer, 'column_start'),
  }
}
