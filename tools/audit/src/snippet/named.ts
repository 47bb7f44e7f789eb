import type { Block } from '../document/block.ts'
import { BOUNDS } from '../document/bounds.ts'
import type { Language } from './language/skeleton.ts'
import { languageOf, pathsIn } from './path.ts'

/** A file that the guide names for a block, and where it names it. */
export type Named = { path: string; named: 'info' | 'comment' | 'heading' | 'words' }

/** A comment line that holds a file's name and little else: `// src/main.rs`, `# Cargo.toml`, `// File: a.h`. */
export function commentPath(line: string, language: Language): string | null {
  if (line.length > BOUNDS.lineCharacters) return null
  const opening = /^\s*(?:\/\/+!?|#|\/\*+)\s*(?:(?:=+|-+)\s*)?/.exec(line)
  if (opening === null) return null
  const words = line.slice(opening[0].length).replace(/^(?:in|file(?:name)?|path)(?=[:\s]):?\s*/i, '')
  const found = /^`?([^\s`:(]+)`?(.*)$/.exec(words)
  // What follows is a remark, or closes the comment and its ruler.
  if (found === null || !/^\s*(?:[:(—-].*)?(?:\*\/)?\s*(?:=+|-+)?$/.test(found[2]!)) return null
  const [path] = pathsIn(found[1]!)
  const suits =
    path !== undefined && found[1]!.endsWith(path) && (languageOf(path) === language || language !== 'rust')
  return path !== undefined && suits && languageOf(path) !== null ? path : null
}

/** The file that info string, its own first comment, the words before or the heading name for a block. */
export function pathOf(block: Block, language: Language, own: Named | null): Named | null {
  const fits = (path: string) => languageOf(path) === language
  const info = block.attributes
    .flatMap((word) => pathsIn(word.replace(/^[\w-]+=/, '').replace(/["'{}]/g, '')))
    .find(fits)
  if (info !== undefined) return { path: info, named: 'info' }
  if (own !== null) return own
  const near = block.before.split(/\n\s*\n/).at(-1)!
  const said = pathsIn(sentenceBefore(near)).filter(fits)
  // More than one file of this kind, and nobody can tell which is meant.
  if (new Set(said).size === 1) return { path: said[0]!, named: 'words' }
  if (block.before.length < 400) {
    const named = pathsIn(block.headings.at(-1)?.text ?? '').filter(fits)
    if (named.length === 1) return { path: named[0]!, named: 'heading' }
  }
  return null
}

/** The last sentence, when it leads to the block: it ends with a colon, or is nothing but a name. */
function sentenceBefore(words: string): string {
  const last =
    words
      .trim()
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? ''
  if (/[:：]$/.test(last)) return last
  const marks = /^[\s*`_]*/
  const name = last
    .replace(marks, '')
    .replace(/^(?:in|file:?|create|edit|add to|update)(?=[\s`*_]|$)/i, '')
    .replace(marks, '')
  return /^[^\s`]+[\s`*_.]*$/.test(name) ? last : ''
}
