import { BOUNDS } from '../bounds.ts'
import { codeLine, type Row } from '../row.ts'
import { type Given, namesIn } from './given.ts'
import { literalInclude } from './literal-include.ts'

/** A directive of reStructuredText or MyST, taken apart. */
export type Directive = {
  name: string
  argument: string
  options: ReadonlyMap<string, string>
  body: readonly Row[]
}

const CODE = ['code-block', 'code', 'sourcecode', 'code-cell', 'prompt', 'parsed-literal']
/** What shows its content as any other text. */
const TEXT =
  /^(?:note|tip|hint|warning|caution|attention|danger|error|important|seealso|todo|admonition|version(?:added|changed|removed)|deprecated|rubric|topic|sidebar|margin|aside|epigraph|highlights|pull-quote|compound|container|div|dropdown|details|tab-(?:set|item)|tabs|tab|group-tab|code-tab|grid|grid-item|grid-item-card|card|card-carousel|only|ifconfig|class|centered|hlist|list-table|exercise(?:-start|-end)?|solution(?:-start|-end)?|(?:c|cpp|rst|py|rust|js):[\w-]+|function|describe|object|program|option)$/
/** What makes no code, or what is not in the file. */
const OTHER =
  /^(?:math|mermaid|graphviz|digraph|graph|uml|plantuml|blockdiag|figure|image|toctree|csv-table|table|raw|plot|bibliography|contents|sectnum|index|meta|glossary|productionlist|tabularcolumns|acks|auto\w+|doxygen\w+|default-role|role|highlight|default-domain|currentmodule|module|replace|unicode|date|target-notes|footbibliography|sectionauthor|codeauthor|iframe|youtube|video|button-\w+|bokeh-plot|jupyter-execute|ipython|testsetup|testcleanup|doctest|testcode|testoutput)$/

/** What a directive gives. `at` is where it begins. */
export function givenBy({ name, argument, options, body }: Directive, at: Row): Given {
  if (CODE.includes(name)) {
    const lang = (name === 'prompt' ? 'console' : name === 'parsed-literal' ? 'text' : argument).toLowerCase()
    return { kind: 'code', lang, attributes: namesIn(options), lines: body.map(codeLine) }
  }
  if (name === 'literalinclude') return literalInclude(argument, options, at)
  // sphinx-tabs has code right in its tabs.
  if (name === 'code-tab') {
    const [lang = '', ...title] = argument.split(/\s+/)
    return { kind: 'code', lang: lang.toLowerCase(), attributes: title, lines: body.map(codeLine) }
  }
  if (name === 'include')
    return { kind: 'unread', why: `it includes ${argument || 'a file'} as text, which is not followed` }
  if (TEXT.test(name)) return { kind: 'text' }
  if (OTHER.test(name)) return { kind: 'other' }
  return { kind: 'unread', why: `the directive \`${name}\` is not understood` }
}

/** Takes the options from the first rows of a directive, `:key: value` or YAML between dashes; the rest is its body. */
export function readOptions(rows: readonly Row[]): Pick<Directive, 'options' | 'body'> {
  const options = new Map<string, string>()
  let at = 0
  const yaml = rows[0]?.text.trim() === '---'
  if (yaml) at++
  for (; at < rows.length; at++) {
    const text = rows[at]!.text.slice(0, BOUNDS.lineCharacters)
    if (yaml && text.trim() === '---') {
      at++
      break
    }
    const found = (yaml ? /^\s*([\w-]+):\s*(.*?)\s*$/ : /^\s*:([\w-]+):\s*(.*?)\s*$/).exec(text)
    if (found === null && !yaml) break
    if (found !== null) options.set(found[1]!, found[2]!.replace(/^(["'])(.*)\1$/, '$2'))
  }
  // One blank row parts them from the body.
  if (at > 0 && rows[at]?.text.trim() === '') at++
  return { options, body: rows.slice(at) }
}

/** Without the blank rows at both ends. */
export function trimmed(rows: readonly Row[]): readonly Row[] {
  const first = rows.findIndex(({ text }) => text.trim() !== '')
  const last = rows.findLastIndex(({ text }) => text.trim() !== '')
  return first < 0 ? [] : rows.slice(first, last + 1)
}
