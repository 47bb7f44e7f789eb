import type { Block, CodeLine } from '../document/block.ts'
import { BOUNDS, counted } from '../document/bounds.ts'
import { readTree, type Tree } from '../document/tree.ts'
import { LEFT_OUT, NOT_READ } from '../verdict.ts'
import { withoutElisions } from './elision.ts'
import { type Expected, expectedOf, NOTHING_SAID } from './expectation/expectation.ts'
import { languageNamed, spoken } from './language/languages.ts'
import { type Outline, outlineOf } from './language/outline.ts'
import { type Language, skeleton } from './language/skeleton.ts'
import { commentPath, type Named, pathOf } from './named.ts'
import { isInside, languageOf } from './path.ts'
import { guess, isCompilerOutput, isSession, reasonUntried, speaksC } from './recognize.ts'

/** A part of a block that belongs into one file; most blocks are one snippet. */
export type Snippet = Expected & {
  /** Of its block among all blocks, and of itself among all snippets. */
  block: number
  number: number
  /** What it is read together with: its page, or the package that its page documents. */
  page: string
  /** See `Block`. */
  role: Block['role']
  language: Language
  lines: readonly CodeLine[]
  /** The lines as one text, elisions blanked. */
  text: string
  outline: Outline
  /** The file that the guide names for it, and where it names it; `null` when it is to be found out. */
  path: string | null
  named: Named['named'] | null
  /** The language that its fence says, where it is plainly another. */
  misnamed: Language | null
  /** Whether it is C, which C++ is not. */
  isC: boolean
  /** Whether an elision stands where code must be. */
  elided: boolean
  /** The lines of the headings that it stands under. */
  sections: readonly number[]
  /** The innermost heading, and what is said right before. */
  context: { heading: string; words: string }
}

/** What a block is, when it is not code to be tried. */
export type NotCode =
  | { kind: 'tree'; tree: Tree }
  | { kind: 'not code' | 'untried' | 'fragment'; reason: string }

export type Read = { kind: 'snippets'; snippets: readonly Snippet[] } | NotCode

const SESSION = [
  'bash',
  'sh',
  'shell',
  'console',
  'shellsession',
  'shell-session',
  'zsh',
  'fish',
  'terminal',
  'powershell',
]
const DIAGRAM = ['mermaid', 'dot', 'graphviz', 'plantuml', 'puml', 'ascii', 'diagram', 'svgbob']
const PLAIN = ['', 'text', 'txt', 'plain', 'plaintext', 'none', 'output', 'tree', 'log']

const TOO_MANY: Read = {
  kind: 'untried',
  reason: `its page shows more than ${counted(BOUNDS.snippets)} pieces of code`,
}

/** Finds out what each block is. What a page shows beyond all measure is not tried. */
export function readBlocks(blocks: readonly Block[]): Read[] {
  const shown = new Map<string, number>()
  return blocks.map((block, index) => {
    const next = blocks[index + 1]
    const read = readBlock(block, index, next?.file === block.file ? next : null)
    if (read.kind !== 'snippets' || block.role === 'library') return read
    const count = (shown.get(block.file) ?? 0) + read.snippets.length
    if (count > BOUNDS.snippets) return TOO_MANY
    shown.set(block.file, count)
    return read
  })
}

/** Finds out what block `index` is. `next` is the block after it on its page. */
export function readBlock(block: Block, index: number, next: Block | null): Read {
  const text = block.lines.map(({ text }) => text).join('\n')
  if (block.leftOut !== undefined) return { kind: 'not code', reason: `${LEFT_OUT}${block.leftOut}` }
  if (block.role === 'library') return { kind: 'snippets', snippets: [ofLibrary(block, index)] }
  if (block.unread !== undefined) return { kind: 'untried', reason: `${NOT_READ}${block.unread}` }
  if (text.trim() === '') return { kind: 'not code', reason: 'it is empty' }
  if (text.length > BOUNDS.blockCharacters)
    return { kind: 'untried', reason: `it has more than ${counted(BOUNDS.blockCharacters)} characters` }
  const tree = readTree(block.lines)
  if (tree !== null && languageNamed(block.lang) === undefined) return { kind: 'tree', tree }
  if (SESSION.includes(block.lang)) return { kind: 'not code', reason: 'a console session' }
  if (DIAGRAM.includes(block.lang)) return { kind: 'not code', reason: 'a diagram' }
  if (isSession(text)) return { kind: 'not code', reason: 'a console session' }
  if (languageNamed(block.lang) !== undefined && isCompilerOutput(text))
    return { kind: 'not code', reason: 'output of a compiler' }
  const said = languageNamed(block.lang)
  const language = said !== undefined ? spoken(text, said) : block.lang === '' ? guess(text, block) : null
  if (language === null) {
    const session = /^[ \t]*[$%>] \w/m.test(text)
    const reason = session
      ? 'a console session'
      : PLAIN.includes(block.lang)
        ? 'output or plain text'
        : `${block.lang}, which is not tried`
    return { kind: 'not code', reason }
  }
  if (
    language === 'toml' &&
    !/^[ \t]*\[(?:package|lib|\[?bin|dependencies|build-dependencies|dev-dependencies|workspace|features|profile|target)/m.test(
      text,
    ) &&
    !/^[\w-]+[ \t]*=[ \t]*(?:"[\d^~=*]|\{[^}\n]*\b(?:version|git|path|workspace)\b)/m.test(text)
  )
    return { kind: 'not code', reason: 'TOML of another kind than a manifest' }
  const isCode = language === 'toml' || language === 'cmake' || skeleton(text, language).trim() !== ''
  if (!isCode && !withoutElisions(text, language).elided)
    return { kind: 'not code', reason: 'comments alone' }
  const beyond = reasonUntried(text, language)
  if (beyond !== null) return { kind: 'untried', reason: beyond }
  const snippets = parts(block, index, next, language)
  return snippets === null ? TOO_MANY : { kind: 'snippets', snippets }
}

function parts(block: Block, index: number, next: Block | null, language: Language): Snippet[] | null {
  const starts = block.lines.flatMap((line, at) => {
    const path = commentPath(line.text, language)
    return path === null ? [] : [{ at, path }]
  })
  if (starts.length > BOUNDS.snippets) return null
  const cut = starts.length > 1 && block.lines.slice(0, starts[0]!.at).every(({ text }) => text.trim() === '')
  if (!cut) {
    const found = pathOf(block, language, firstComment(starts))
    return [snippet(block, index, next, block.lines, language, found, true)]
  }
  return starts.map(({ at, path }, part) => {
    const lines = block.lines.slice(at, starts[part + 1]?.at)
    return snippet(block, index, next, lines, languageOf(path) ?? language, { path, named: 'comment' }, false)
  })
}

/** A file of a documented package: all of it is code, whatever it looks like. */
function ofLibrary(block: Block, index: number): Snippet {
  const [path = ''] = block.attributes
  const language = languageOf(path) ?? 'toml'
  const read = snippet(block, index, null, block.lines, language, { path, named: 'info' }, true)
  const text = block.lines.map(({ text }) => text).join('\n')
  const plain = { ...NOTHING_SAID, elided: false, misnamed: null } as const
  return { ...read, ...plain, text, outline: outlineOf(text, language) }
}

function firstComment(starts: readonly { at: number; path: string }[]): Named | null {
  const first = starts[0]
  return first !== undefined && first.at <= 1 ? { path: first.path, named: 'comment' } : null
}

let numbers = 0
function snippet(
  block: Block,
  index: number,
  next: Block | null,
  lines: readonly CodeLine[],
  language: Language,
  found: Named | null,
  whole: boolean,
): Snippet {
  const said = languageNamed(block.lang)
  const { text, elided } = withoutElisions(lines.map(({ text }) => text).join('\n'), language)
  const outline = outlineOf(text, language)
  const inside = found !== null && isInside(found.path)
  return {
    block: index,
    number: numbers++,
    page: block.unit ?? block.file,
    role: block.role,
    language,
    lines,
    text,
    outline,
    path: inside ? found.path : null,
    named: inside ? found.named : null,
    ...expectedOf(block, { text, outline }, next),
    // A block of several files is of no one language.
    misnamed: whole && said !== undefined && said !== language ? said : null,
    isC: language === 'cpp' && speaksC(block.lang, found?.path ?? '', text),
    elided,
    sections: block.headings.map(({ line }) => line),
    context: {
      heading: block.headings.at(-1)?.text ?? '',
      words: block.before
        .split(/\n\s*\n/)
        .slice(-2)
        .join('\n'),
    },
  }
}
