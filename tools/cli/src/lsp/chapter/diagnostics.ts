import { join } from 'node:path'
import { escapeOutput, type Finding } from '@cookbook/guide'
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node'
import { errorsPage } from '../editor/doc-pages.ts'
import type { Documents } from '../editor/documents.ts'
import type { ByFile } from '../editor/publish.ts'
import { rangeAt, rangeOfLines } from '../editor/range.ts'
import type { ChapterNow } from './chapter.ts'

/** What is wrong with a chapter and the files of its pattern. */
export function chapterDiagnostics({ root, findings }: ChapterNow, documents: Documents): ByFile {
  const byFile = Map.groupBy(findings, ({ file }) => join(root, file))
  return new Map(
    [...byFile].map(([path, found]) => {
      const lines = documents.lines(path)
      return [path, found.map((finding) => diagnosticOf(finding, lines))]
    }),
  )
}

function diagnosticOf(finding: Finding, lines: readonly string[]): Diagnostic {
  const { code, severity, line, column, message, detail, fix } = finding
  const href = errorsPage(code)
  // What is said of a whole block is said at its fence.
  const isFence = /^[\s>]*(?:`{3,}|~{3,})/.test(lines[line - 1] ?? '')
  return {
    range: isFence ? rangeOfLines(lines, line, line) : rangeAt(lines, line, column),
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'cookbook',
    code,
    ...(href === null ? {} : { codeDescription: { href } }),
    message: escapeOutput([message, ...detail, fix].join('\n')),
  }
}
