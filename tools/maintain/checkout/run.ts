import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Checkout } from './checkout.ts'

/** The two ways in: both must give the same verdicts. */
export const DOORS = {
  'npx turbo run verify': ['npx', 'turbo', 'run', 'verify', '--summarize'],
  'npm run verify': ['npm', 'run', 'verify', '--', '--summarize'],
} as const
export type Door = keyof typeof DOORS

export type Options = {
  door?: Door
  env?: Readonly<Record<string, string>>
  args?: readonly string[]
  /** A program with its arguments that runs the job: as another user, without a network. */
  under?: readonly string[]
}

/** What came of one run. `patterns` says of each pattern that turbo reached where its result came from. */
export type Run = { passed: boolean; patterns: Record<string, 'cached' | 'executed'>; said: string }

/** Runs the main job in a checkout, on the host's compilers. */
export function verify(checkout: Checkout, options: Options = {}): Promise<Run> {
  return start(checkout, options).ended
}

/** The main job, begun. `ended` also resolves when it is killed. */
export function start(
  checkout: Checkout,
  options: Options = {},
): { process: ChildProcess; ended: Promise<Run> } {
  const { door = 'npx turbo run verify', env = {}, args = [], under = [] } = options
  const [program, ...words] = [...under, ...DOORS[door]]
  const before = summaries(checkout)
  const process = spawn(program!, [...words, ...args], {
    cwd: checkout.root,
    env: { ...freshShell(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [process.stdout, process.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = once(process, 'close').then(([code]) => {
    const written = summaries(checkout).filter((name) => !before.includes(name))
    const patterns = written.length === 1 ? outcomes(join(checkout.root, RUNS, written[0]!)) : {}
    return { passed: code === 0, patterns, said }
  })
  return { process, ended }
}

const RUNS = '.turbo/runs'

function summaries({ root }: Checkout): string[] {
  try {
    return readdirSync(join(root, RUNS))
  } catch {
    return []
  }
}

type Summary = {
  tasks: { package: string; task: string; directory: string; cache: { status: 'HIT' | 'MISS' } }[]
}

/** turbo's summary of a run. On a full disk turbo leaves it cut short, or empty: then it names no task. */
function readSummary(path: string): Summary {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return { tasks: [] }
    throw error
  }
}

function outcomes(path: string): Run['patterns'] {
  const { tasks } = readSummary(path)
  const verified = tasks.filter(
    ({ task, directory }) => task === 'verify' && directory.startsWith('patterns/'),
  )
  return Object.fromEntries(
    verified.map(({ package: name, cache }) => [name, cache.status === 'HIT' ? 'cached' : 'executed']),
  )
}

/** What a person's shell would have; nothing of npm, turbo or vitest, in whose run these tests run themselves. */
export function freshShell(): Record<string, string> {
  const results = ['HOME', 'USER', 'TMPDIR', 'CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN']
  const own = results.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...Object.fromEntries(own), PATH: shellPath(), TOOLCHAIN: 'host', TURBO_TELEMETRY_DISABLED: '1' }
}

/** PATH without the folders that npm puts before it. */
export function shellPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.endsWith('node_modules/.bin')).join(delimiter)
}
