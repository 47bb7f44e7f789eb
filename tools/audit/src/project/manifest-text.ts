import { type ProjectDiagnostic, projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Manifest, Unclear } from './cargo-manifest.ts'
import { isTable, type Table } from './manifest-shape.ts'
import type { Line } from './project.ts'

/** A package of its own, whatever folder it lies in. Each dependency stands on one line, so that cargo's words name it. */
export function render(manifest: Manifest, member = false): string {
  const whole = member ? manifest : { ...manifest, workspace: manifest.workspace ?? {} }
  return tables(whole, []).join('\n')
}

function tables(table: Table, path: readonly string[]): string[] {
  const isInline = (value: unknown) => !isTable(value) || path.at(-1)?.endsWith('dependencies')
  const entries = Object.entries(table)
  const own = entries.flatMap(([key, value]) =>
    isArray(value) || !isInline(value) ? [] : [`${quoted(key)} = ${inline(value)}`],
  )
  const inner = entries.flatMap(([key, value]) => {
    const below = [...path, key]
    if (isArray(value))
      return value.flatMap((item) => [`[[${below.map(quoted).join('.')}]]`, ...tables(item, below), ''])
    return isInline(value) ? [] : [`[${below.map(quoted).join('.')}]`, ...tables(value as Table, below), '']
  })
  return [...own, ...inner]
}

const isArray = (value: unknown): value is Table[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTable)
const quoted = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (isTable(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${quoted(key)} = ${inline(item)}`)
      .join(', ')} }`
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

/** What was not understood, at its line of the guide. */
export function unclear({ at, message }: Unclear, lines: readonly Line[]): ProjectDiagnostic[] {
  const place = 'line' in at ? at : placeOf(at as readonly string[], lines)
  return [projectDiagnostic({ tool: 'cargo', path: 'Cargo.toml', ...place, message })]
}

/** The line whose header and key lead furthest towards a value. */
function placeOf(keys: readonly string[], lines: readonly Line[]): { line: number; column: number } {
  let table: string[] = []
  let best = { line: 1, column: 1, depth: 0 }
  for (const [index, { text }] of lines.entries()) {
    const header = /^\s*\[\[?(.*?)\]\]?\s*(?:#.*)?$/.exec(text)?.[1]
    if (header !== undefined) table = partsOf(header)
    const key = header === undefined ? /^\s*([^=#]+?)\s*=/.exec(text)?.[1] : undefined
    const path = [...table, ...(key === undefined ? [] : partsOf(key))]
    const named = keys.filter((part) => !/^\d+$/.test(part))
    const fits = path.length <= named.length && path.every((part, at) => part === named[at])
    if (fits && path.length > best.depth)
      best = { line: index + 1, column: columnOf(text, key !== undefined), depth: path.length }
  }
  return { line: best.line, column: best.column }
}

/** Of a value, or of a header. */
const columnOf = (text: string, isEntry: boolean): number =>
  (isEntry ? /=\s*/.exec(text)!.index + /=\s*/.exec(text)![0].length : text.search(/\S/)) + 1

const partsOf = (keys: string): string[] =>
  [...keys.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c!)
