import { styleText } from 'node:util'

type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold'

/** Colours words, or leaves them as they are. */
export type Paint = (style: Style, words: string) => string

export function painter(color: boolean): Paint {
  return (style, words) => (color ? styleText(style, words, { validateStream: false }) : words)
}
