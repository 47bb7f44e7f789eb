/** Text that is safe to read, as it is in HTML and in Markdown. A blank line would end the HTML, and Markdown would begin. */
export function html(text: string): string {
  return text.replace(/[&<>"'`*_~|[\]#@:\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}

export function row(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
}

/** As many texts as there is room for in so many bytes; the rest is counted by `more`. */
export function counted(texts: readonly string[], bytes: number, more: (count: number) => string): string[] {
  let left = bytes
  const shown = texts.filter((text) => {
    left -= Buffer.byteLength(text) + 1
    return left >= 0
  })
  const rest = texts.length - shown.length
  return rest > 0 ? [...shown, more(rest)] : shown
}
