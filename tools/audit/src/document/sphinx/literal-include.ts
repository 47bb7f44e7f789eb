import { languageOf, namesOf } from '../file-name.ts'
import { type Inclusion, lineRanges } from '../inclusion.ts'
import { codeLine, cut, dedented, indentOf, type Row } from '../row.ts'
import { type Given, namesIn } from './given.ts'

type Options = ReadonlyMap<string, string>

/** A block of what `literalinclude` names, by the options of Sphinx and in their order. */
export function literalInclude(target: string, options: Options, at: Row): Given {
  if (target === '') return { kind: 'unread', why: 'a literalinclude names no file' }
  const beyond = ['pyobject', 'diff'].find((key) => options.has(key))
  if (beyond !== undefined)
    return { kind: 'unread', why: `the option \`${beyond}\` of literalinclude is not understood` }
  const inclusion: Inclusion = {
    by: 'literalinclude',
    target,
    // With a slash it is of the folder that holds conf.py.
    relativeTo: target.startsWith('/') ? ['site'] : ['page'],
    select: (rows, name) => select(rows, name, options),
  }
  const extra = (key: string) => {
    const text = options.get(key)
    return text === undefined ? [] : [codeLine({ text, at: at.at })]
  }
  const names = namesIn(options)
  return {
    kind: 'code',
    lang: (options.get('language') ?? options.get('code') ?? languageOf(target)).toLowerCase(),
    attributes: names.some((name) => /\.\w+$/.test(name)) ? names : [...names, ...namesOf(target)],
    lines: [...extra('prepend'), { ...codeLine(at), inclusion } as never, ...extra('append')],
  }
}

function select(rows: readonly Row[], name: string, options: Options): readonly Row[] | string {
  let shown = rows
  for (const [key, shift] of [
    ['start-at', 0],
    ['start-after', 1],
  ] as const) {
    const start = options.get(key)
    if (start === undefined) continue
    const found = shown.findIndex(({ text }) => text.includes(start))
    if (found < 0) return `${name} has no line with ${start}`
    shown = shown.slice(found + shift)
  }
  for (const [key, shift] of [
    ['end-at', 1],
    ['end-before', 0],
  ] as const) {
    const end = options.get(key)
    if (end === undefined) continue
    // Sphinx looks for the end of what is to be left out from the second line on.
    const found = shown.findIndex(({ text }, index) => text.includes(end) && (shift === 1 || index > 0))
    if (found < 0) return `${name} has no line with ${end} after the first that is shown`
    shown = shown.slice(0, found + shift)
  }
  const lines = options.get('lines')
  if (lines !== undefined) {
    const chosen = lineRanges(lines, /,/)(shown, name)
    if (typeof chosen === 'string') return chosen
    shown = chosen
  }
  const dedent = options.get('dedent')
  if (dedent === undefined) return shown
  if (dedent === '') return dedented(shown)
  return shown.map((row) => cut(row, Math.min(Number(dedent) || 0, indentOf(row.text))))
}
