import type { Audit, BlockVerdict } from '../src/verdict.ts'

/** What an audit found, a paragraph a block, without the words that differ from compiler to compiler. */
export function listing({ blocks, groups, troubles }: Audit): string {
  const said = blocks.map(blockLines)
  const runs = groups.flatMap(({ name, run }) =>
    run === null ? [] : [`"${name}" ${run.ending}, and printed ${JSON.stringify(run.stdout)}`],
  )
  const bad = troubles.map(({ line, column, message }) => `${line}:${column} ${message}`)
  return `${[...said, ...runs, ...bad].join('\n')}\n`
}

function blockLines({
  line,
  lang,
  path,
  verdict,
  reason,
  group,
  help,
  error,
  asTold,
  asSeen,
}: BlockVerdict): string {
  const at = `${line} ${lang === '' ? '-' : lang} ${path ?? '-'}: ${verdict}${asTold ? ', as told' : ''}`
  const words =
    error === null ? [] : [`    ${error.line}:${error.column} ${error.message.replace(/: .*/s, '')}`]
  const why = ['fragment', 'untried', 'not code'].includes(verdict)
    ? [`    ${reason.replace(/: .*/s, '')}`]
    : []
  const where = group === null ? '' : ` "${group}"`
  const seen =
    asSeen === null
      ? []
      : [`    as seen: ${asSeen.verdict}`, ...asSeen.help.map(({ kind, text }) => `      ${kind}: ${text}`)]
  return [
    at + where,
    ...words,
    ...why,
    ...help.map(({ kind, text }) => `    ${kind}: ${text}`),
    ...seen,
  ].join('\n')
}
