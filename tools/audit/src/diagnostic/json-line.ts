import { eachLine } from './output-lines.ts'

// biome-ignore lint/suspicious/noExplicitAny: the shapes are cargo's and rustc's; who reads them makes types of them.
export type Json = any

/** No compiler writes a longer one; and as values a text takes many times its own memory. */
const LINE_CHARACTERS = 1024 * 1024

/** What a line of JSON says; `null` for a line that only looks like one, as any program can print it. */
export function jsonLine(line: string): Json | null {
  if (!line.startsWith('{') || line.length > LINE_CHARACTERS) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** What can be read of the lines of JSON that a tool printed, for whatever a program printed between them. */
export function readJson<T>(output: string, most: number, read: (json: Json) => T | null): T[] {
  const found: T[] = []
  for (const line of eachLine(output)) {
    const json = jsonLine(line)
    const one = json === null ? null : read(json)
    if (one !== null) found.push(one)
    if (found.length === most) break
  }
  return found
}

/** The parts of a value that anybody may have written. */
export const part = (value: Json, key: string): Json =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined

export const textIn = (value: Json, key: string, characters: number): string | null => {
  const text = part(value, key)
  return typeof text === 'string' ? text.slice(0, characters) : null
}

export const listIn = (value: Json, key: string, most: number): Json[] => {
  const list = part(value, key)
  return Array.isArray(list) ? list.slice(0, most) : []
}

/** A line or a column. */
export const placeIn = (value: Json, key: string): number => {
  const number = part(value, key)
  return Number.isSafeInteger(number) && number > 0 ? number : 1
}
