import { findings, type JudgedFinding, messageOf } from '@cookbook/audit'
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node'
import { auditPage } from '../editor/doc-pages.ts'
import type { Documents } from '../editor/documents.ts'
import type { ByFile } from '../editor/publish.ts'
import { rangeAt, rangeOfLines } from '../editor/range.ts'
import { auditNow, keyOf, type PageNow, pathIn } from './page.ts'

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
} as const

/** What is wrong with a page and the files that it includes, as far as that is known; or why it cannot be said. */
export async function pageDiagnostics(page: PageNow, documents: Documents): Promise<ByFile> {
  const { report } = page.settings
  const found = await findings(auditNow(page), page.read.pages, report)
  if (found.kind === 'refused') return new Map([[page.path, [notAudited(found.problem)]]])
  const byFile = Map.groupBy(found.findings, ({ finding }) => pathIn(page, finding.file))
  const all = new Map<string, Diagnostic[]>(
    [...byFile].map(([path, reported]) => {
      const lines = documents.lines(path)
      return [path, reported.map((one) => diagnosticOf(one, page, lines, documents))]
    }),
  )
  if (page.problem === null) return all
  return all.set(page.path, [notAudited(page.problem), ...(all.get(page.path) ?? [])])
}

/** That a page was not audited, and why: what was not tried must not look as if it were good. */
export function notAudited(problem: string): Diagnostic {
  const start = { line: 0, character: 0 }
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Warning,
    source: 'cookbook',
    code: 'not-audited',
    message: `this page was not audited: ${problem}`,
  }
}

function diagnosticOf(
  { finding, standing }: JudgedFinding,
  page: PageNow,
  lines: readonly string[],
  documents: Documents,
): Diagnostic {
  const { file, line, column, rule, level, block, lint } = finding
  const atFence = block !== null && keyOf(block) === keyOf(finding)
  const inBaseline = standing === 'known'
  const related =
    block === null || atFence
      ? {}
      : {
          relatedInformation: [
            {
              location: {
                uri: documents.uri(pathIn(page, block.file)),
                range: rangeOfLines(lines, block.line, block.line),
              },
              message: 'of this block',
            },
          ],
        }
  return {
    range: atFence && column === 1 ? rangeOfLines(lines, line, line) : rangeAt(lines, line, column),
    severity: inBaseline ? DiagnosticSeverity.Hint : SEVERITIES[level],
    source: 'cookbook',
    code: rule,
    codeDescription: { href: auditPage(lint?.chapter ?? null) },
    message: `${messageOf(finding)}${inBaseline ? ' [in the baseline]' : ''}`,
    ...(block !== null && file === block.file ? related : {}),
  }
}
