import { noPattern, readArguments, refused } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'

/** A file that a run is to be told in. */
export type ReportFile = { format: 'sarif' | 'junit' | 'json'; path: string }

/** What was typed after `npm run verify --`. */
export type Options =
  | { kind: 'verify'; files: ReportFile[]; json: boolean; rest: string[] }
  /** turbo says what it would do; nothing is verified. */
  | { kind: 'shown by turbo'; args: string[] }
  | { kind: 'refused'; problem: string; fix: string }

/** What npm takes for its own where no `--` stands before it. */
const TAKEN_BY_NPM = [
  'filter',
  'affected',
  'force',
  'sarif',
  'junit',
  'json',
  'dry',
  'dry-run',
  'graph',
  'only',
  'summarize',
  'no-download',
  'require-all',
]

/** What is taken here, or by turbo where its name is not ours. */
export const OPTIONS = {
  filter: { type: 'string', value: 'pattern', help: 'one chapter; its name alone does the same' },
  force: { type: 'boolean', help: 'without what turbo has cached' },
  dry: { type: 'boolean', help: 'show what turbo would run, and verify nothing; so does --graph' },
  'no-download': { type: 'boolean', help: 'with the libraries of the system alone' },
  'require-all': {
    type: 'boolean',
    help: 'fail when a chapter is not verified because a library is missing',
  },
  sarif: { type: 'string', value: 'FILE', help: 'the findings as SARIF' },
  junit: { type: 'string', value: 'FILE', help: 'the findings as JUnit' },
  json: { type: 'boolean', help: 'the run as JSON instead of text; --json=FILE: in addition to it' },
} as const

/** Options that no word follows, so that one behind them names a chapter. */
const FLAGS = new Set(
  Object.entries(OPTIONS).flatMap(([name, { type }]) => (type === 'boolean' ? [`--${name}`] : [])),
)

/** Reads the command line, and what npm kept of it for itself. */
export function readVerify(
  parsed: readonly string[],
  env: NodeJS.ProcessEnv,
  patterns: readonly string[] = [],
): Options {
  const taken = TAKEN_BY_NPM.find((name) => env[variableOf(name)] !== undefined)
  if (env.npm_lifecycle_event === 'verify' && taken !== undefined)
    return {
      kind: 'refused',
      problem: `npm kept --${taken} for itself, so everything would be verified`,
      fix: `write -- before it: npm run verify -- --${taken}${givenValue(env, taken)}`,
    }
  const own = parsed.slice(0, parsed.includes('--') ? parsed.indexOf('--') : undefined)
  if (own.some((arg) => arg === '--help' || arg === '-h' || arg === '--version'))
    readArguments(COMMANDS.verify, own, OPTIONS)
  const isName = (arg: string, at: number) =>
    !arg.startsWith('-') &&
    (at === 0 || !own[at - 1]!.startsWith('-') || own[at - 1]!.includes('=') || FLAGS.has(own[at - 1]!))
  const strange = own.filter((arg, at) => isName(arg, at) && !patterns.includes(arg))
  if (strange.length > 0) return refused(COMMANDS.verify, noPattern(strange, patterns))
  const args = parsed.map((arg, at) => (at < own.length && isName(arg, at) ? `--filter=${arg}` : arg))
  if (own.some((arg) => /^--(?:dry|dry-run|graph)(?:=|$)/.test(arg)))
    return { kind: 'shown by turbo', args: [...args] }
  const { files, rest } = takeReportFiles(args)
  const json = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined).includes('--json')
  return { kind: 'verify', files, json, rest: rest.filter((arg) => arg !== '--json') }
}

/** Takes `--sarif=FILE`, `--junit=FILE` and `--json=FILE` out of the arguments; what is left is turbo's. */
export function takeReportFiles(args: readonly string[]): { files: ReportFile[]; rest: string[] } {
  const files: ReportFile[] = []
  const rest = args.filter((arg) => {
    const [, format, path] = /^--(sarif|junit|json)=(.+)$/.exec(arg) ?? []
    if (path !== undefined) files.push({ format: format as ReportFile['format'], path })
    return path === undefined
  })
  return { files, rest }
}

const variableOf = (name: string) => `npm_config_${name.replaceAll('-', '_')}`

function givenValue(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[variableOf(name)]
  return value === 'true' || value === '' ? '' : `=${value}`
}
