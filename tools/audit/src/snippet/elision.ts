import type { Language } from './skeleton.ts'

/** Three dots alone are no code: a line of them is left out, and a body of them becomes one that may be anything. */
export function withoutElisions(text: string, language: Language): { text: string; elided: boolean } {
  let elided = false
  const body = language === 'rust' ? 'todo!()' : 'throw 0;'
  const out = text
    .split('\n')
    .map((line) => {
      if (/^\s*(?:\.{3,}|…)[,;]?\s*$/.test(line)) {
        elided = true
        return ''
      }
      return line.replace(/\{\s*(?:\.{3}|…|\/\*\s*(?:\.{3}|…)\s*\*\/)\s*\}/g, () => {
        elided = true
        return `{ ${body} }`
      })
    })
    .join('\n')
  return { text: out, elided: elided || /^[ \t]*(?:\/\/|#)[ \t]*(?:\.{3}|…)/m.test(text) }
}
