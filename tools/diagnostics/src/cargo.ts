import { type Diagnostic, diagnostic } from './diagnostic.ts'

/** A manifest that cargo cannot read, at its line; `null` when that is not what it says. */
export function manifestError(stderr: string): Diagnostic | null {
  const found = /^error: (.*)\n\s*--> (.*Cargo\.toml):(\d+):(\d+)\n((?:\s*\d*\s*\|.*\n)*)/m.exec(stderr)
  if (found === null) return null
  const [, message, path, line, column, excerpt] = found
  return diagnostic({
    tool: 'cargo',
    message: message!,
    location: { path: path!, line: Number(line), column: Number(column) },
    detail: excerpt!.trimEnd().split('\n'),
  })
}

/** What cargo itself, or a build script through it, warns of: no compiler placed it. The line below may name the package. */
export function cargoWarnings(stderr: string): Diagnostic[] {
  const lines = stderr.split('\n')
  return lines.flatMap((line, index) => {
    const message = /^warning: (.*)$/.exec(line)?.[1]
    if (message === undefined) return []
    return [
      diagnostic({ tool: 'cargo', severity: 'warning', message, detail: lines.slice(index + 1, index + 2) }),
    ]
  })
}

/** Whether cargo would have had to change Cargo.lock, and was told not to. */
export function isLockStale(stderr: string): boolean {
  return stderr.includes('because --locked was passed')
}
