import type { Block } from '../block.ts'
import { BOUNDS } from '../bounds.ts'
import { languageOf, namesOf } from '../file-name.ts'
import { all, between, type Inclusion } from '../inclusion.ts'
import { readMarkdown } from '../markdown/page.ts'
import { type ReadPage, readRows } from '../read-rows.ts'
import { codeLine, cut, indentOf, type Row } from '../row.ts'
import { sourceOf } from './comment.ts'
import { cppDocs } from './cpp-docs.ts'

/** Reads the examples in the comments of a C or C++ file, as Doxygen does. */
export function readDoxygen(input: Uint8Array | string, file: string): ReadPage {
  const { rows, troubles } = readRows(input, file)
  const source = sourceOf(rows.map(({ text }) => text).join('\n'), file)
  const blocks: Block[] = []
  for (const { item, line, rows } of cppDocs(source)) {
    const above = [{ depth: 1, text: item, line }]
    const { fenced, inclusions } = withFences(rows, file, (row, message) =>
      troubles.push({ ...row.at, message, detail: [] }),
    )
    const read = readMarkdown(fenced, { above })
    troubles.push(...read.troubles)
    const found = [...read.blocks, ...inclusions.map((block) => ({ ...block, headings: above }))]
    blocks.push(...found.sort((a, b) => a.line - b.line))
  }
  return { page: { file, title: file, blocks }, troubles }
}

const MARK = '~~~~~~~~'

/** `\code` and `@endcode` as the fences that they are, and the blocks that `\snippet` and `\include` make. */
function withFences(rows: readonly Row[], file: string, report: (row: Row, message: string) => void) {
  const inclusions: Block[] = []
  const fenced: Row[] = []
  let open: Row | null = null
  let isVerbatim = false
  for (const row of rows) {
    const bare = cut(row, indentOf(row.text))
    const text = bare.text.slice(0, BOUNDS.lineCharacters).trimEnd()
    const command = /^[\\@]([a-z]+)/.exec(text)?.[1] ?? ''
    if (open !== null) {
      // The end of the code may stand behind its last line.
      const end = row.text.search(/[\\@]endcode\b/)
      if (end < 0) fenced.push(row)
      else {
        fenced.push({ ...bare, text: MARK })
        open = null
      }
    } else if (isVerbatim) {
      isVerbatim = !/[\\@]endverbatim\b/.test(row.text)
      fenced.push({ ...row, text: '' })
    } else if (command === 'verbatim') {
      isVerbatim = !text.includes('endverbatim')
      fenced.push({ ...row, text: '' })
    } else if (command === 'code') {
      const said = /^.code\s*(?:\{([^}]*)\})?\s*(.*)$/.exec(text)
      if (said?.[2] !== '' || text.includes('endcode')) {
        inclusions.push(unread(bare, file, 'code that begins in the line of `\\code` is not understood'))
        fenced.push({ ...row, text: '' })
        continue
      }
      const [first = ''] = (said[1] ?? '').split(',')
      fenced.push({ ...bare, text: `${MARK}${languageFrom(first.trim(), file)}` })
      open = bare
    } else if (
      /^(?:snippet|snippetlineno|include|includelineno|dontinclude|includedoc|snippetdoc)$/.test(command)
    ) {
      inclusions.push(included(command, text, bare, file))
      fenced.push({ ...row, text: '' })
    } else fenced.push(row)
  }
  if (open !== null) {
    report(open, 'this `\\code` is never closed')
    fenced.push({ ...rows.at(-1)!, text: MARK })
  }
  return { fenced, inclusions }
}

/** `.cpp`, `.h`, `cpp`; where nothing is said, the language of the file. */
function languageFrom(word: string, file: string): string {
  const bare = word.replace(/^\./, '')
  if (bare === '') return languageOf(file) === 'c' ? 'c' : 'cpp'
  return languageOf(`a.${bare}`)
}

function included(command: string, text: string, at: Row, file: string): Block {
  const found = /^.\w+(?:\{([^}]*)\})?\s+(?:"([^"]+)"|(\S+))\s*(.*)$/.exec(text)
  const target = found?.[2] ?? found?.[3]
  if (target === undefined || /doc$|^dontinclude$/.test(command) || found![1]?.includes('doc'))
    return unread(at, file, `\`\\${command}\` is not understood`)
  const name = found![4]!.trim()
  const inclusion: Inclusion = {
    ...{ by: `\\${command}`, target, relativeTo: ['site', 'page'] },
    select: command.startsWith('snippet') ? named(name) : all,
  }
  const line = { ...codeLine(at), inclusion }
  return { ...block(at, file), lang: languageOf(target), attributes: namesOf(target), lines: [line] }
}

/** What stands between two lines with the name in brackets. */
function named(name: string): Inclusion['select'] {
  const isMark = (text: string) => /^\s{0,200}(?:\/\/|\/\*|#|--|;)[^\n[]{0,20}\[[^\]]{1,200}\]/.test(text)
  const has = (text: string) => isMark(text) && text.includes(`[${name}]`)
  return between(`snippet [${name}]`, has, has, isMark)
}

const unread = (at: Row, file: string, why: string): Block => ({
  ...block(at, file),
  lines: [codeLine(at)],
  unread: why,
})

const block = ({ at: { line, column } }: Row, file: string): Block => ({
  ...{ file, line, column, endLine: line, lang: 'cpp', attributes: [] },
  ...{ lines: [], headings: [], before: '', after: '' },
})
