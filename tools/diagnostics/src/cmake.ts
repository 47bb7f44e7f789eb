import { type Diagnostic, diagnostic } from './diagnostic.ts'

/** `CMake Error at CMakeLists.txt:4 (add_executable):`, and what is wrong on the lines below. */
const PLACED = /^CMake Error at (CMakeLists\.txt):(\d+) \((\w+)\):\n+\s*(.*:\n\s*.*|.*)$/m

/** The first error of CMake itself, with the command that failed as its code; `null` when there is none. */
export function cmakeError(stderr: string): Diagnostic | null {
  const [, path, line, code, message] = PLACED.exec(stderr) ?? []
  if (path === undefined) return null
  return diagnostic({
    tool: 'CMake',
    code: code!,
    message: message!.replace(/\s+/g, ' '),
    location: { path, line: Number(line), column: 1 },
  })
}
