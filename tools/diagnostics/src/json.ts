// biome-ignore lint/suspicious/noExplicitAny: the shapes are cargo's and rustc's; the readers below make types of them.
export type Json = any

/** No compiler writes a longer line; and as values a text takes many times its own memory. */
const LINE_CHARACTERS = 64 * 1024 * 1024

/**
 * What can be read of the JSON lines that a tool printed; a program can print anything between them. `read` gives
 * `null` for what is of another kind.
 */
export function readJsonLines<T>(output: string, read: (json: Json) => T | null): T[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{') || line.length > LINE_CHARACTERS) return []
    let json: Json
    try {
      json = JSON.parse(line)
    } catch {
      return []
    }
    return read(json) ?? []
  })
}

/** A property of a value that anybody may have written. */
export const part = (value: Json, key: string): Json =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined

export const textOf = (value: Json, key: string): string | null => {
  const text = part(value, key)
  return typeof text === 'string' ? text : null
}

export const listOf = (value: Json, key: string): Json[] => {
  const list = part(value, key)
  return Array.isArray(list) ? list : []
}

export const textsOf = (value: Json, key: string): string[] =>
  listOf(value, key).filter((text) => typeof text === 'string')

/** A line or a column. */
export const positionOf = (value: Json, key: string): number => {
  const number = part(value, key)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}
