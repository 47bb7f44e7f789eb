/** JSON that may also go to a terminal or a CI log: it holds no mark and no command that they obey, and all is kept. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, unicode).replace(/(?<=#)#/g, unicode)}\n`
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
