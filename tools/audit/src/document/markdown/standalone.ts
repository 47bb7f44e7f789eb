import type { CodeLine } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import type { Draft } from '../drafts.ts'
import { languageOf, namesOf } from '../file-name.ts'
import { all, between, type Inclusion } from '../inclusion.ts'
import { codeLine, cut, indentOf, type Row } from '../row.ts'
import type { Dialect, Report } from './dialect.ts'
import { including } from './snippet-line.ts'

/**
 * What makes a block of code without a fence: lines of VitePress, shortcodes of Hugo, playgrounds of mdBook. What names
 * a file that is not followed is a block that is not read. Rows of other blocks are blank here.
 */
export function standaloneBlocks(
  rows: readonly Row[],
  { playgrounds, mdx }: Dialect,
  report: Report,
): Draft[] {
  const found: Draft[] = []
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const indent = indentOf(row.text)
    if (indent === row.text.length) continue
    const first = row.text[indent]!
    if (!'<{-'.includes(first)) continue
    const text = row.text.slice(indent, indent + BOUNDS.lineCharacters).trimEnd()
    const block = (lang: string, attributes: string[], lines: readonly CodeLine[], to = at): Draft => ({
      ...{ lang, attributes, lines, from: at, to },
      ...cut(row, indent).at,
      endLine: rows[to]!.at.line,
    })
    const unread = (why: string) => found.push({ ...block('', [], [codeLine(row)]), unread: why })
    const shortcode = shortcodeIn(text)
    if (text.startsWith('<<<')) {
      const imported = importedBy(text)
      if (imported === null) unread('this import of a snippet is not understood')
      else
        found.push(block(imported.lang, imported.attributes, [including(codeLine(row), imported.inclusion)]))
    } else if (shortcode !== null && /^(?:highlight|code)$/.test(shortcode.name)) {
      const end = endOf(rows, at, shortcode.name)
      if (end === null) {
        if (shortcode.words.some((word) => FILE.test(word)))
          unread(`the shortcode \`${shortcode.name}\` is not followed`)
        else report(cut(row, indent).at, 'this shortcode is never closed')
        continue
      }
      found.push(block(shortcode.lang, shortcode.words, rows.slice(at + 1, end).map(codeLine), end))
      at = end
    } else if (shortcode?.words.some((word) => FILE.test(word)))
      unread(`the shortcode \`${shortcode.name}\` is not followed`)
    else if (playgrounds && text.startsWith('{{#play')) {
      const path = /^\{\{#play(?:ground|pen)\s+([^\s}]+)[^}]*\}\}$/.exec(text)?.[1]
      if (path === undefined) continue
      found.push(block('rust', [], [codeLine({ ...row, text: `{{#include ${path}}}` })]))
    } else if (/^-{1,}8<-{1,}[ \t]+["'].*["']$/.test(text))
      unread('it includes a file as text, which is not followed')
    else if (mdx && /^<Code(?:Block)?\b/.test(text)) unread('code within JSX is not understood')
  }
  return found
}

const FILE = /^(?:(?:file|src|path|code|snippet)=)?["']?[\w./-]+\.(?:rs|c|cc|cpp|cxx|h|hh|hpp|toml)["']?$/i

/** A shortcode of Hugo at the beginning of a line: `{{< highlight rust "linenos=table" >}}`, `{{% code file="a.rs" %}}`. */
function shortcodeIn(text: string): { name: string; lang: string; words: string[] } | null {
  const found = /^\{\{[<%][ \t]*([\w/.-]+)[ \t]*(.*)$/.exec(text)
  if (found === null) return null
  const end = Math.max(found[2]!.lastIndexOf('>}}'), found[2]!.lastIndexOf('%}}'))
  if (end < 0 || found[1]!.startsWith('/')) return null
  const words = found[2]!.slice(0, end).match(/[^\s"'=]+=(?:"[^"]*"|'[^']*'|\S*)|"[^"]*"|'[^']*'|\S+/g) ?? []
  const value = (key: string) =>
    words
      .find((word) => word.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replace(/["']/g, '')
  const bare = (words[0] ?? '').replace(/["']/g, '')
  const lang = value('lang') ?? value('language') ?? value('type') ?? (bare.includes('=') ? '' : bare)
  const file = value('file') ?? value('filename') ?? value('title') ?? ''
  return { name: found[1]!, lang: (lang || languageOf(file)).toLowerCase(), words }
}

/** The row that closes a shortcode; `null` where the next of its name begins first, or none does. */
function endOf(rows: readonly Row[], from: number, name: string): number | null {
  for (let at = from + 1; at < rows.length; at++) {
    const text = rows[at]!.text.trim()
    if (!text.startsWith('{{')) continue
    if (new RegExp(`^\\{\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}\\}`).test(text)) return at
    if (shortcodeIn(text.slice(0, BOUNDS.lineCharacters))?.name === name) return null
  }
  return null
}

type Imported = { lang: string; attributes: string[]; inclusion: Inclusion }

/** `<<< @/snippets/a.rs#region{1,3-4 rust:line-numbers}[title]` of VitePress. */
function importedBy(text: string): Imported | null {
  const found = /^<<<[ \t]*([^\s{[#]+)(?:#([\w*-]+))?[ \t]*(?:\{([^{}]*)\})?[ \t]*(?:\[([^[\]]*)\])?$/.exec(
    text,
  )
  if (found === null) return null
  const [, target, region, words = '', title] = found
  const said = words.split(/\s+/).find((word) => /^[A-Za-z]/.test(word))
  return {
    lang: (said?.replace(/:.*$/, '') ?? languageOf(target!)).toLowerCase(),
    attributes: title !== undefined && /\.\w+$/.test(title) ? [title] : namesOf(target!),
    inclusion: {
      by: '<<<',
      target: target!.replace(/^@\//, ''),
      relativeTo: target!.startsWith('@') ? ['site'] : ['page'],
      // What stands between braces marks lines, and takes none away.
      select: region === undefined ? all : regionCalled(region),
    },
  }
}

/** `// #region name`, `#pragma region name`, `/* #region name *\/` and the like. */
function regionCalled(name: string): Inclusion['select'] {
  const mark = (end: boolean) => (text: string) => {
    const found = markerIn(text)
    return (
      found !== null &&
      (found[1] !== undefined) === end &&
      (found[2] === name || (end && found[2] === undefined))
    )
  }
  return between(`region ${name}`, mark(false), mark(true), (text) => markerIn(text) !== null)
}

const markerIn = (text: string) => MARKER.exec(text.slice(0, BOUNDS.lineCharacters).trim().slice(0, 200))
const MARKER =
  /^\s*(?:\/\/|\/\*|#|<!--|--|;)?\s*#?\s*(?:pragma\s+)?#?(end)?region\b[ \t]*([\w*-]+)?\s*(?:\*\/|-->)?\s*$/i
