import type { Options } from './command-line.ts'
import { takeOptions } from './take-options.ts'

/** What every command that ships takes beside its own options. */
export const MANNERS = {
  color: {
    type: 'string',
    value: 'auto|always|never',
    help: 'whether to use colour; auto: on a terminal',
  },
  quiet: { type: 'boolean', short: 'q', help: 'print nothing when all is well' },
} as const satisfies Options

const COLORS = ['auto', 'always', 'never'] as const
type Color = (typeof COLORS)[number]

export type Manners =
  | { kind: 'taken'; color: Color; quiet: boolean; rest: string[] }
  | { kind: 'refused'; problem: string }

/** Takes `--color` and `--quiet` out of a command line, up to `--`. */
export function takeManners(args: readonly string[]): Manners {
  const { given, rest } = takeOptions(args, { flags: ['--quiet', '-q'], values: ['--color'] })
  const quiet = given.has('--quiet') || given.has('-q')
  const color = given.has('--color') ? given.get('--color') : 'auto'
  const known = COLORS.find((one) => one === color)
  if (known !== undefined) return { kind: 'taken', color: known, quiet, rest }
  return {
    kind: 'refused',
    problem: `--color ${color ?? 'says nothing'}: expected one of ${COLORS.join(', ')}`,
  }
}

/** Lets this process, and those that it starts, paint always or never. */
export function paint(color: Color, env: NodeJS.ProcessEnv = process.env): void {
  if (color === 'auto') return
  const [set, unset] = color === 'always' ? ['FORCE_COLOR', 'NO_COLOR'] : ['NO_COLOR', 'FORCE_COLOR']
  delete env[unset]
  env[set] = '1'
}

/** Keeps what this process prints until it ends, and prints it only where it ends with another exit code than 0. */
export function keepQuiet(): void {
  const held: (() => void)[] = []
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = ((chunk: string | Uint8Array, ...more: unknown[]) => {
      held.push(() => write(chunk))
      for (const done of more) if (typeof done === 'function') done()
      return true
    }) as typeof stream.write
  }
  process.on('exit', (code) => {
    if (code !== 0) for (const print of held) print()
  })
}
