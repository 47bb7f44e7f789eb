import { BOUNDS } from '../bounds.ts'

/** The words between the brackets of a block or of an include: what has a name, and what has a place alone. */
export type Attributes = { positional: readonly string[]; named: ReadonlyMap<string, string> }

/** `source,rust,indent=0`, `source%linenums,rust`, `tags=a;b,lines="1..3,5"`. */
export function readAttributes(list: string): Attributes {
  const positional: string[] = []
  const named = new Map<string, string>()
  const parts =
    list.slice(0, BOUNDS.lineCharacters).match(/(?:[^,"']|"[^"]*"|'[^']*'|["'])+|(?<=,|^)(?=,|$)/g) ?? []
  for (const part of parts) {
    const found = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(part)
    if (found === null) positional.push(part.trim())
    else named.set(found[1]!, found[2]!.replace(/^(["'])(.*)\1$/, '$2'))
  }
  return { positional, named }
}

/** Attributes of the document: `:sourcedir: ../src`. */
export const entryIn = (text: string): { name: string; value: string } | null => {
  const found = /^:(!?[\w-]+!?):(?:[ \t]+(.*))?$/.exec(text.slice(0, BOUNDS.lineCharacters))
  return found === null ? null : { name: found[1]!, value: found[2]?.trim() ?? '' }
}

/** With what the document says of the names between braces; those that it does not know stay. No more than a line long. */
export const resolved = (text: string, known: ReadonlyMap<string, string>): string =>
  text
    .slice(0, BOUNDS.lineCharacters)
    .replace(/\{([\w-]+)\}/g, (whole, name) => known.get(name) ?? whole)
    .slice(0, BOUNDS.lineCharacters)
