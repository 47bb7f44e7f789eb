// biome-ignore lint/suspicious/noExplicitAny: the shapes are cargo's and rustc's; who reads them makes types of them.
export type Json = any

/** What a line of JSON says; `null` for a line that only looks like one, as any program can print it. */
export function jsonLine(line: string): Json | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
