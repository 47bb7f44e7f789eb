import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'
import { outputLines } from './lines.ts'

const DETAIL_LINES = 20

/** The panics in what a process wrote to standard error, in order. The path is as rustc was given it. */
export function panicsIn(stderr: string): (Diagnostic & { location: ToolLocation })[] {
  const lines = outputLines(stderr)
  return lines.flatMap((text, index) => {
    const from = text.lastIndexOf('panicked at ')
    const found = from < 0 ? null : /^panicked at (.+):(\d+):(\d+):$/.exec(text.slice(from).trimEnd())
    if (found === null) return []
    const [, path, line, column] = found
    const rest = lines.slice(index + 1, index + 2 + DETAIL_LINES)
    const end = rest.findIndex((line) => line === '' || /^(note: |stack backtrace:|thread ')/.test(line))
    const [message = 'without a message', ...detail] = rest.slice(0, end < 0 ? undefined : end)
    const location = { path: path!, line: Number(line), column: Number(column) }
    return [{ ...diagnostic({ tool: 'panic', message, detail }), location }]
  })
}
