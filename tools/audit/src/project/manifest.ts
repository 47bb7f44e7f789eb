import { isPackage } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { added, type Line } from './project.ts'

/** A Cargo.toml out of what the guide shows of it: one manifest, and lines that go into its tables. */
export function joinManifest(
  snippets: readonly Snippet[],
  name: string,
  edition = NEWEST,
): { lines: Line[]; whole: boolean } {
  const base = snippets.find(isPackage)
  const lines: Line[] = base === undefined ? cargoNew(name, edition) : linesOf(base)
  for (const snippet of snippets) {
    if (snippet === base) continue
    let table = '[dependencies]'
    for (const line of linesOf(snippet)) {
      const text = line.text.trim()
      if (/^\[.*\]/.test(text)) table = withoutComment(text)
      // What stands for something else is what the reader has already.
      else if (text !== '' && !text.startsWith('#') && !/\.{3}|…/.test(text)) insert(lines, table, line)
    }
    for (const line of linesOf(snippet)) {
      const header = withoutComment(line.text)
      const at = lines.findIndex(({ text, code }) => code === null && text === header)
      if (/^\[.*\]$/.test(header) && at >= 0) lines[at] = { ...line, text: header }
    }
  }
  return { lines, whole: base !== undefined }
}

const NEWEST = '2024'

/** What `cargo new` writes: no guide has to say it. */
function cargoNew(name: string, edition: string): Line[] {
  return ['[package]', `name = "${name}"`, 'version = "0.1.0"', `edition = "${edition}"`, ''].map(added)
}

/** Puts an entry into a table, in the place of one of the same key. */
export function insert(lines: Line[], table: string, line: Line): void {
  const at = tableAt(lines, table)
  const key = /^\s*([\w.-]+)\s*=/.exec(line.text)?.[1]
  const end = lines.findIndex(({ text }, index) => index > at && /^\s*\[/.test(text))
  const known = lines.findIndex(
    ({ text }, index) =>
      index > at &&
      (end < 0 || index < end) &&
      key !== undefined &&
      new RegExp(`^\\s*${key.replaceAll('.', '\\.')}\\s*=`).test(text),
  )
  if (known >= 0) lines[known] = line
  else lines.splice(at + 1, 0, line)
}

function tableAt(lines: Line[], table: string): number {
  const at = lines.findIndex(({ text }) => withoutComment(text) === table)
  if (at >= 0) return at
  lines.push(added(table))
  return lines.length - 1
}

/** The crates that a manifest names in any table of dependencies, as Rust code calls them. */
export function dependencies(lines: readonly Line[], build = false): string[] {
  let within = false
  const wanted = build
    ? /^\[build-dependencies(?:\.([\w-]+))?\]/
    : /^\[(?:dev-)?dependencies(?:\.([\w-]+))?\]/
  return lines.flatMap(({ text }) => {
    const bare = text.trim()
    if (bare.startsWith('[')) {
      const found = wanted.exec(bare)
      within = found !== null && found[1] === undefined
      return found?.[1] === undefined ? [] : [found[1].replaceAll('-', '_')]
    }
    const key = within ? /^([\w-]+)(?:\.[\w-]+)*\s*=/.exec(bare)?.[1] : undefined
    return key === undefined ? [] : [key.replaceAll('-', '_')]
  })
}

function linesOf(snippet: Snippet): Line[] {
  return snippet.lines.map((code) => ({ text: code.text, snippet, code }))
}

const withoutComment = (text: string): string => text.split('#', 1)[0]!.trim()
