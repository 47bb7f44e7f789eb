import { shown } from './shown.ts'

/** An element of a document that is written and never read back. */
export type Element = {
  name: string
  attributes: Record<string, string | number>
  /** Text, or more elements. */
  content: string | readonly Element[]
}

/** A whole document. Characters that XML has not are seen as their codes, and nothing in a text is markup. */
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
  return shown(text).replace(/[&<>"'\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}
