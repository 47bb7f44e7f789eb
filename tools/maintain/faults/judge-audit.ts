import { audit, type Page, readGuide } from '@cookbook/audit'
import type { Toolchain } from '@cookbook/toolchain'
import type { Found } from './finding.ts'

export type Audited = { found: Found[]; pages: readonly Page[] }

/** What the audit says of the pages below `cwd`. A section that it has seen before is not tried again. */
export async function judgeByAudit(
  names: readonly string[],
  cwd: string,
  options: { toolchain: Toolchain; folder: string; lock: string },
): Promise<Audited> {
  const { pages, troubles } = await readGuide(names, cwd)
  const { blocks, lints } = await audit(pages, troubles, { ...options, keep: null, cache: true })
  const wrong = blocks.flatMap(({ file, line, error, help, verdict, reason, asTold }): Found[] => [
    ...(error === null
      ? []
      : [{ file: error.file, line: error.line, code: error.message, message: error.message }]),
    ...(error === null && verdict === 'fails' && !asTold
      ? [{ file, line, code: reason, message: reason }]
      : []),
    ...(verdict === 'not code' && reason.includes('does not show')
      ? [{ file, line, code: reason, message: reason }]
      : []),
    ...help.map(({ kind, text }) => ({ file, line, code: `help: ${kind}`, message: text })),
  ])
  const rest = [
    ...lints.map(({ rule, ...lint }) => ({ ...lint, code: `lint: ${rule}` })),
    ...troubles.map((trouble) => ({ ...trouble, code: trouble.message })),
  ].map(({ file, line, code, message }) => ({ file, line, code, message }))
  return { found: [...wrong, ...rest], pages }
}
