import { type FailOn, readFailOn } from './finding/fail-on.ts'

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'github'] as const
export type Format = (typeof FORMATS)[number]

/** A format, and the file that it goes to; `null` is standard output. */
export type Output = { format: Format; path: string | null }

export type ReportOptions = {
  outputs: readonly Output[]
  failOn: FailOn
  /** The baseline's file. */
  baseline: string | null
  /** Whether to write it: all that was found where there is none yet, else what it holds without what is gone. */
  update: boolean
}

/** What a command line takes for reports, for `parseArgs`. */
export const REPORT_OPTIONS = {
  format: {
    type: 'string',
    value: 'NAME[=FILE]',
    multiple: true,
    help: 'text, json, sarif, junit, markdown or github; =FILE writes it there',
  },
  output: { type: 'string', value: 'FILE', help: 'the file of the only format' },
  'fail-on': {
    type: 'string',
    value: 'KIND,...',
    help: 'error, untried, help, hidden, lint, possible or never',
  },
  baseline: { type: 'string', value: 'FILE', help: 'findings that do not fail' },
  'update-baseline': {
    type: 'boolean',
    default: false,
    help: 'accept what is found, once; later only remove',
  },
} as const

export const REPORT_USAGE =
  '[--format text|json|sarif|junit|markdown|github[=FILE]]... [--output FILE] [--fail-on never|error|untried|help|hidden|lint|possible,...] [--baseline FILE [--update-baseline]]'

type Values = {
  format?: string[] | undefined
  output?: string | undefined
  'fail-on'?: string | undefined
  baseline?: string | undefined
  'update-baseline': boolean
}

/** Where nobody reads along, what was not tried fails as well. */
const unlessSaid = ({ CI }: NodeJS.ProcessEnv): string =>
  CI === undefined || CI === '' || CI === 'false' ? 'error' : 'error,untried'

/** Reads what `parseArgs` made of REPORT_OPTIONS; or says in a sentence what is wrong with it. */
export function readReportOptions(
  values: Values,
): { kind: 'read'; options: ReportOptions } | { kind: 'refused'; problem: string } {
  const refused = (problem: string) => ({ kind: 'refused' as const, problem })
  const named = (values.format ?? ['text']).map((word) => {
    const [format, ...path] = word.split('=')
    return { format, path: path.length === 0 ? null : path.join('=') }
  })
  const strange = named.find(({ format }) => !(FORMATS as readonly string[]).includes(format!))
  if (strange !== undefined)
    return refused(`--format ${strange.format}: expected one of ${FORMATS.join(', ')}`)
  if (named.some(({ path }) => path === '')) return refused('--format NAME=FILE: the file is not named')
  if (named.some(({ format, path }) => format === 'github' && path !== null))
    return refused('--format github goes to standard output, where GitHub Actions reads it')
  const outputs = named as Output[]
  if (values.output !== undefined) {
    const free = outputs.filter(({ format, path }) => path === null && format !== 'github')
    if (free.length !== 1)
      return refused('--output FILE needs exactly one --format without a file of its own')
    free[0]!.path = values.output
  }
  const shared = outputs.filter(({ path }) => path === null).map(({ format }) => format)
  if (shared.length > 1 && !(shared.length === 2 && shared.includes('text') && shared.includes('github')))
    return refused(
      `${shared.join(' and ')} cannot share standard output: give one a file, as in --format sarif=audit.sarif`,
    )
  const read = readFailOn(values['fail-on'] ?? unlessSaid(process.env))
  if (read.kind === 'refused') return read
  if (values['update-baseline'] && values.baseline === undefined)
    return refused('--update-baseline needs --baseline FILE')
  const { baseline = null, 'update-baseline': update } = values
  return { kind: 'read', options: { outputs, failOn: read.failOn, baseline, update } }
}
