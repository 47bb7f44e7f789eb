import { eachLine } from './lines.ts'

// biome-ignore lint/suspicious/noExplicitAny: the shapes are cargo's and rustc's; the readers below make types of them.
export type Json = any

/** No compiler writes a longer line; and as values a text takes many times its own memory. */
const LINE_CHARACTERS = 1024 * 1024
const TEXT_CHARACTERS = 100_000
const LIST_LENGTH = 10_000

/**
 * What can be read of the JSON lines that a tool printed; a program can print anything between them. `read` gives
 * `null` for what is of another kind. No more than `most` are read.
 */
export function readJsonLines<T>(output: string, read: (json: Json) => T | null, most = 100_000): T[] {
  const found: T[] = []
  for (const line of eachLine(output)) {
    const json = jsonLine(line)
    const one = json === null ? null : read(json)
    if (one !== null) found.push(one)
    if (found.length === most) break
  }
  return found
}

function jsonLine(line: string): Json | null {
  if (!line.startsWith('{') || line.length > LINE_CHARACTERS) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** A property of a value that anybody may have written. */
export const part = (value: Json, key: string): Json =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined

export const textOf = (value: Json, key: string): string | null => {
  const text = part(value, key)
  return typeof text === 'string' ? text.slice(0, TEXT_CHARACTERS) : null
}

export const listOf = (value: Json, key: string): Json[] => {
  const list = part(value, key)
  return Array.isArray(list) ? list.slice(0, LIST_LENGTH) : []
}

export const textsOf = (value: Json, key: string): string[] =>
  listOf(value, key).filter((text) => typeof text === 'string')

/** A line or a column. */
export const positionOf = (value: Json, key: string): number => {
  const number = part(value, key)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}
