/** A Rust panic as its process reports it. The path is as rustc was given it. */
export type Panic = { path: string; line: number; column: number; message: readonly string[] }

/** The panics in what a process wrote to standard error, in order. */
export function panicsIn(stderr: string): Panic[] {
  const lines = stderr.split('\n')
  return lines.flatMap((text, index) => {
    const place = /panicked at (.+?):(\d+):(\d+):$/.exec(text.trimEnd())
    if (place === null) return []
    const rest = lines.slice(index + 1)
    const end = rest.findIndex((line) => line === '' || /^(note: |stack backtrace:|thread ')/.test(line))
    const message = rest.slice(0, end < 0 ? undefined : end)
    return [{ path: place[1]!, line: Number(place[2]), column: Number(place[3]), message }]
  })
}
