import { shown, shownLine } from '@cookbook/audit'
import { blockAt, judgedBlocks } from './actions.ts'
import type { PageNow } from './page.ts'

const OUTPUT_LINES = 10

/** What the audit says of the block at a line, as text; `null` where no block is. */
export function pageHover(page: PageNow, position: { line: number }): string | null {
  const block = blockAt(page, position)
  if (block === undefined) return null
  const verdict = judgedBlocks(page).find((one) => one.block === block)?.verdict
  if (verdict === undefined)
    return page.audited === null ? 'it is being tried' : 'it changed since it was tried: save the page'
  const run = page.audited!.audit.groups.find(({ name }) => name === verdict.group)?.run ?? null
  const helps = verdict.help.map(({ text }) => `- a reader must ${shownLine(text)}`)
  return [
    `${verdict.verdict}${verdict.asTold ? ', as the page says' : ''}: ${shownLine(verdict.reason)}`,
    ...(verdict.verdict === 'builds with help' ? helps : []),
    ...(run === null ? [] : ranLines(run)),
  ].join('\n')
}

function ranLines({ ending, stdout }: { ending: string; stdout: string }): string[] {
  const lines = stdout.trimEnd().split('\n')
  const printed = stdout.trim() === '' ? ', and printed nothing' : ', and printed'
  return [
    `its program ${shownLine(ending)}${printed}`,
    ...(stdout.trim() === '' ? [] : lines.slice(0, OUTPUT_LINES).map((line) => `  ${shown(line)}`)),
    ...(lines.length > OUTPUT_LINES ? [`  and ${lines.length - OUTPUT_LINES} more lines`] : []),
  ]
}
