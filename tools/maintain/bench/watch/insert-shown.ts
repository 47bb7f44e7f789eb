import { readFileSync, writeFileSync } from 'node:fs'

/** Inserts a line into the last region of a source, so that the chapter has to show it. */
export function insertShown(path: string, line: string): void {
  const text = readFileSync(path, 'utf8')
  const end = text.lastIndexOf('// ANCHOR_END')
  if (end < 0) throw new Error(`${path} has no region, expected one to write a line into`)
  writeFileSync(path, `${text.slice(0, end)}${line}${text.slice(end)}`)
}
