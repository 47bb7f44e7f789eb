import { type Diagnostic, diagnostic } from './diagnostic.ts'
import { outputLines } from './lines.ts'

/** `CMake Error at CMakeLists.txt:4 (add_executable):`, and what is wrong on the lines below. */
const PLACED = /^CMake Error at (CMakeLists\.txt):(\d+)(?: \((\w+)\))?[^\n]*:$/

/** The first error of CMake itself, with the command that failed as its code; `null` when there is none. */
export function cmakeError(stderr: string): Diagnostic | null {
  const lines = outputLines(stderr)
  const at = lines.findIndex((line) => PLACED.test(line))
  if (at < 0) return null
  const [, path, line, code = null] = PLACED.exec(lines[at]!)!
  const said = lines.slice(at + 1).flatMap((text) => text.trim() || [])
  // What is missing stands on a line of its own.
  const message = said[0]?.endsWith(':') ? said.slice(0, 2).join(' ') : (said[0] ?? 'cmake failed')
  return diagnostic({
    ...{ tool: 'CMake', code, message },
    location: { path: path!, line: Number(line), column: 1 },
  })
}
