import { type Block, type Insertion, insertionFor, type Judged, leavingOut } from '@cookbook/audit'
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { Documents } from '../editor/documents.ts'
import { holds } from '../editor/range.ts'
import { auditNow, keyOf, type PageNow, pathIn } from './page.ts'

/** The fixes of the blocks that a range of a page touches: what they need is added, or the audit leaves them out. */
export function pageActions(
  page: PageNow,
  range: Range,
  diagnostics: readonly Diagnostic[],
  documents: Documents,
): CodeAction[] {
  const judged = judgedBlocks(page)
  return touched(judged, page, range).flatMap((one) => {
    const { block, verdict } = one
    const of = (code: string) => diagnostics.filter((diagnostic) => diagnostic.code === code)
    const helps =
      verdict.verdict !== 'builds with help'
        ? []
        : verdict.help.flatMap((help) => {
            const edit = editOf(insertionFor(help, one, judged), page, documents)
            const title = capital(help.text)
            const needs = of('needs-help').filter(({ message }) => String(message).includes(help.text))
            return edit === null ? [] : [action(title, needs, edit, true)]
          })
    const isRed = ['fails', 'untried', 'builds with help'].includes(verdict.verdict) && !verdict.asTold
    const left = isRed ? editOf(leavingOut(block), page, documents) : null
    const red = ['block-fails', 'untried', 'needs-help'].flatMap(of)
    // The comment without a reason is a finding of its own, until somebody writes one.
    return left === null
      ? helps
      : [...helps, action('Leave this block out of the audit, for a reason to be written', red, left, false)]
  })
}

/** The blocks of a page that were tried and are in it still. */
export function judgedBlocks(page: PageNow): Judged[] {
  const verdicts = new Map(auditNow(page).blocks.map((verdict) => [keyOf(verdict), verdict]))
  return page.read.pages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      const verdict = verdicts.get(keyOf(block))
      return verdict === undefined ? [] : [{ block, verdict }]
    }),
  )
}

const touched = (judged: readonly Judged[], page: PageNow, { start, end }: Range) =>
  judged.filter(
    ({ block }) =>
      pathIn(page, block.file) === page.path && start.line < block.endLine && block.line - 1 <= end.line,
  )

/** The block of the page at a line of an editor. */
export const blockAt = (page: PageNow, position: { line: number }): Block | undefined =>
  page.read.pages
    .flatMap(({ blocks }) => blocks)
    .find((block) => pathIn(page, block.file) === page.path && holds(block.line, block.endLine, position))

function editOf(insertion: Insertion | null, page: PageNow, documents: Documents): WorkspaceEdit | null {
  if (insertion === null) return null
  const path = pathIn(page, insertion.file)
  const lines = documents.lines(path)
  const prefix = [...(lines[insertion.like - 1] ?? '')].slice(0, insertion.column - 1).join('')
  // What begins an item of a list can stand there once.
  if (/^\s*(?:[-*+]|\d+[.)])\s/.test(prefix)) return null
  const text = insertion.lines.map((line) => `${(prefix + line).trimEnd()}\n`).join('')
  const start = { line: insertion.line - 1, character: 0 }
  return { changes: { [documents.uri(path)]: [{ range: { start, end: start }, newText: text }] } }
}

const action = (
  title: string,
  diagnostics: readonly Diagnostic[],
  edit: WorkspaceEdit,
  isPreferred: boolean,
): CodeAction => ({ title, kind: CodeActionKind.QuickFix, diagnostics: [...diagnostics], edit, isPreferred })

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
