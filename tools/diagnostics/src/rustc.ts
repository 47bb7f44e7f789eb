import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'
import { type Json, listOf, part, positionOf, readJsonLines, textOf } from './json.ts'

/** Macros that call one another are followed so far. */
const DEPTH = 100
/** A closing line such as "aborting due to 2 previous errors", which says nothing new. */
const CLOSING = /^(aborting due to|\d+ warnings? emitted|could not compile)/

/** The errors and warnings of `rustc --error-format=json`. */
export function rustDiagnostics(output: string): Diagnostic[] {
  return readJsonLines(output, rustDiagnostic)
}

/** One diagnostic of rustc; `null` for what is neither an error nor a warning, or says nothing new. */
export function rustDiagnostic(json: Json): Diagnostic | null {
  const severity = /^(?:error|warning)/.exec(textOf(json, 'level') ?? '')?.[0] as Diagnostic['severity']
  const message = textOf(json, 'message')
  if (severity === undefined || message === null) return null
  const [spans, children] = [listOf(json, 'spans'), listOf(json, 'children')]
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
    ],
    suggestions: children.flatMap((child) =>
      listOf(child, 'spans').flatMap((span) => {
        const text = textOf(span, 'suggested_replacement')
        return text ? [{ ...locationOf(span), text }] : []
      }),
    ),
    rendered,
  })
}

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
