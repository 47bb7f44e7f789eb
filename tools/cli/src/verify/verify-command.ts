import { takeReportFiles } from './report-files.ts'

type Files = ReturnType<typeof takeReportFiles>['files']

/** What was typed after `npm run verify --`. */
export type Asked =
  | { kind: 'verify'; files: Files; rest: string[] }
  /** turbo says what it would do; nothing is verified. */
  | { kind: 'shown by turbo'; args: string[] }
  | { kind: 'refused'; problem: string; remedy: string }

const USAGE = 'npm run verify -- [--filter=PATTERN] [--force] [--sarif=FILE] [--junit=FILE] [turbo options]'
/** What npm takes for its own where no `--` stands before it. */
const TAKEN_BY_NPM = [
  'filter',
  'affected',
  'force',
  'sarif',
  'junit',
  'dry',
  'dry-run',
  'graph',
  'only',
  'summarize',
  'no-download',
  'require-all',
]

export const VERIFY_HELP = `usage: ${USAGE}

Proves the chapters: each example compiles, runs and does what its chapter says.

  --filter=oneshot   one chapter; npm run verify -- --filter=oneshot --filter=stream for two
  --force            without what turbo has cached
  --dry, --graph     what would be run, by turbo, which verifies nothing
  --no-download      with the libraries of the system alone
  --require-all      red where a chapter is not verified because a library is missing
  --sarif=FILE       the findings as SARIF; --junit=FILE as JUnit
  --help, --version

Exit code 0: what was selected is proved. 1: something is wrong. 2: nothing was selected, or this was not understood.`

/** Reads the command line, and what npm kept of it for itself. */
export function readVerify(args: readonly string[], env: NodeJS.ProcessEnv): Asked {
  const taken = TAKEN_BY_NPM.find((name) => env[variableOf(name)] !== undefined)
  if (env.npm_lifecycle_event === 'verify' && taken !== undefined)
    return {
      kind: 'refused',
      problem: `npm kept --${taken} for itself, so everything would be verified`,
      remedy: `write -- before it: npm run verify -- --${taken}${typedValue(env, taken)}`,
    }
  const own = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined)
  if (own.some((arg) => /^--(?:dry|dry-run|graph)(?:=|$)/.test(arg)))
    return { kind: 'shown by turbo', args: [...args] }
  return { kind: 'verify', ...takeReportFiles(args) }
}

const variableOf = (name: string) => `npm_config_${name.replaceAll('-', '_')}`

function typedValue(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[variableOf(name)]
  return value === 'true' || value === '' ? '' : `=${value}`
}
