/** What is set while something is compiled: `test`, or `feature="tls"` with its value. */
export type Settings = ReadonlySet<string>

/** Whether a predicate of `cfg` holds; `null` where it cannot be read. */
export function holds(predicate: string, settings: Settings): boolean | null {
  const tokens = predicate.match(/"(?:\\.|[^"\\])*"|[\w:]+|[(),=]/g) ?? []
  let at = 0
  const read = (): boolean | null => {
    const name = tokens[at++]
    if (name === undefined) return null
    if (tokens[at] === '(') {
      at++
      const parts: (boolean | null)[] = []
      while (at < tokens.length && tokens[at] !== ')') {
        parts.push(read())
        if (tokens[at] === ',') at++
      }
      at++
      if (parts.includes(null)) return null
      if (name === 'not') return !parts[0]
      return name === 'all' ? parts.every(Boolean) : name === 'any' ? parts.some(Boolean) : null
    }
    if (tokens[at] === '=') {
      at += 2
      return settings.has(`${name}=${tokens[at - 1]}`)
    }
    return name === 'true' || (name !== 'false' && settings.has(name))
  }
  return read()
}
