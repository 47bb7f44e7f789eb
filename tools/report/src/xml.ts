import { neutral } from '@cookbook/guide'

/** An element of a document that is written and never read back. */
export type Element = {
  name: string
  attributes: Readonly<Record<string, string | number>>
  /** Text, or more elements. */
  content: string | readonly Element[]
}

/** A whole document, in which no text is markup and every character is one that XML has. */
export function xml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root, '')}`
}

function print({ name, attributes, content }: Element, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  const start = `${indent}<${name}${pairs.join('')}`
  if (content.length === 0) return `${start}/>\n`
  if (typeof content === 'string') return `${start}>${escaped(content)}</${name}>\n`
  const inner = content.map((child) => print(child, `${indent}  `)).join('')
  return `${start}>\n${inner}${indent}</${name}>\n`
}

function escaped(text: string): string {
  return neutral(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}
