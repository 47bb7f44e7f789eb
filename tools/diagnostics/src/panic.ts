import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'

/** The panics in what a process wrote to standard error, in order. The path is as rustc was given it. */
export function panicsIn(stderr: string): (Diagnostic & { location: ToolLocation })[] {
  const lines = stderr.split('\n')
  return lines.flatMap((text, index) => {
    const [, path, line, column] = /panicked at (.+?):(\d+):(\d+):$/.exec(text.trimEnd()) ?? []
    if (path === undefined) return []
    const rest = lines.slice(index + 1)
    const end = rest.findIndex((line) => line === '' || /^(note: |stack backtrace:|thread ')/.test(line))
    const [message = 'without a message', ...detail] = rest.slice(0, end < 0 ? undefined : end)
    const location = { path, line: Number(line), column: Number(column) }
    return [{ ...diagnostic({ tool: 'panic', message, detail }), location }]
  })
}
