/** An element of a document that is written and never read back. */
export type Element = {
  name: string
  attributes: Readonly<Record<string, string | number>>
  /** Text, or more elements. */
  content: string | readonly Element[]
}

/** A whole document, in which no text is markup. `safe` leaves only characters that XML has. */
export function xml(root: Element, safe: (text: string) => string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root, safe, '')}`
}

function print(
  { name, attributes, content }: Element,
  safe: (text: string) => string,
  indent: string,
): string {
  const escaped = (text: string) =>
    safe(text).replace(/[&<>"'\t]/g, (character) => `&#${character.charCodeAt(0)};`)
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  const start = `${indent}<${name}${pairs.join('')}`
  if (content.length === 0) return `${start}/>\n`
  if (typeof content === 'string') return `${start}>${escaped(content)}</${name}>\n`
  const inner = content.map((child) => print(child, safe, `${indent}  `)).join('')
  return `${start}>\n${inner}${indent}</${name}>\n`
}
