import { join } from 'node:path'
import { type Example, intoSources, type PatternPackage, sourceOf, syncChapter } from '@cookbook/guide'
import { newerSide } from '@cookbook/harness/history'
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node'
import type { Documents } from '../editor/documents.ts'
import { linesOf } from '../editor/range.ts'
import type { ChapterNow } from './chapter.ts'

/**
 * What `npm run sync` does, of each example that a range touches and that differs from its source: the source is taken,
 * or the chapter is. Of an example whose two sides both changed neither is offered, as sync refuses them.
 */
export async function chapterActions(
  { pkg, chapter }: ChapterNow,
  range: Range,
  diagnostics: readonly Diagnostic[],
  documents: Documents,
): Promise<CodeAction[]> {
  const drifted = pkg.chapter.examples.filter(
    (example) =>
      range.start.line < example.endLine && example.line - 1 <= range.end.line && differs(pkg, example),
  )
  const drift = diagnostics.filter(({ code }) => code === 'drift')
  const all = await Promise.all(
    drifted.map(async (example): Promise<CodeAction[]> => {
      const newer = await newerSide(pkg, example)
      if (newer === 'both') return []
      const { path } = example.source
      const { bytes } = syncChapter(pkg, new Set(pkg.chapter.examples.filter((other) => other !== example)))
      const { files } = intoSources(pkg, [example])
      const one = (title: string, file: string, text: string, side: typeof newer): CodeAction => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: drift,
        isPreferred: newer === side,
        edit: { changes: { [documents.uri(file)]: [changeTo(documents.lines(file), text)] } },
      })
      const taken = one(
        `Take the source: write it from ${path}`,
        chapter,
        Buffer.from(bytes).toString(),
        'source',
      )
      const written = [...files].map(([to, text]) =>
        one(`Keep the chapter: write it into ${to}`, join(pkg.dir, to), text, 'chapter'),
      )
      return [taken, ...written]
    }),
  )
  return all.flat()
}

function differs(pkg: PatternPackage, example: Example): boolean {
  const source = sourceOf(pkg, example)
  return source !== null && example.text.trim() !== '' && source.text !== example.text
}

/** The edit that makes lines a text: of the lines alone that are others. */
function changeTo(before: readonly string[], text: string): TextEdit {
  const after = linesOf(text)
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const end = before.length - tail
  const lines = after.slice(head, after.length - tail)
  // The last line has no end of its own.
  if (tail === 0)
    return {
      range: {
        start: { line: head, character: 0 },
        end: { line: before.length - 1, character: before.at(-1)!.length },
      },
      newText: lines.join('\n'),
    }
  return {
    range: { start: { line: head, character: 0 }, end: { line: end, character: 0 } },
    newText: lines.map((line) => `${line}\n`).join(''),
  }
}
