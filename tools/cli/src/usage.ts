import { type ParseArgsConfig, parseArgs } from 'node:util'

/** How each command of a contributor is typed. */
export const USAGE = {
  'audit:bare': 'npm run audit:bare [-- pattern...]',
  bench: '[BENCH_RUNS=5] npm run bench [-- watch]',
  'bench:audit': '[BENCH_RUNS=3] npm run bench:audit',
  coverage: 'npm run coverage [-- [--keep] [pattern...]]',
  faults: 'npm run faults [-- --write | word...]',
  matrix:
    'npm run matrix [-- [--cells GLOB]... [--filter pattern]... [--list | --merge FILE...] [--keep] [--out FOLDER]]',
  mutate: 'npm run mutate [-- pattern...]',
  new: 'npm run new [-- pattern [--title "A few words"]]',
  reliability: '[RELIABILITY_KILLS=50] [RELIABILITY_SEED=7] [RELIABILITY_KEEP=1] npm run reliability',
  scale: 'npm run scale -- patterns...',
  soak: 'npm run soak [-- [--rounds 50] [--sanitized] [pattern...]]',
  sync: 'npm run sync [-- [--from-chapter] [pattern...]]',
  watch: 'npm run watch [-- [--fresh] [pattern...]]',
} as const

export type Command = keyof typeof USAGE
/** Why a command does not begin: what was typed or is there, and what to do. */
export type Refused = { kind: 'refused'; problem: string; remedy: string }
/** The same, or why there is no toolchain. */
export type Reason = Omit<Refused, 'kind'>

/** Refuses what cannot be understood: what to do is to type the command so. */
export const refused = (command: Command, problem: string): Refused => ({
  kind: 'refused',
  problem,
  remedy: USAGE[command],
})

/** As it is printed. */
export const spell = (command: Command, { problem, remedy }: Reason): string =>
  `${command}: ${problem}\n  ${remedy}`

/** Ends the command before it has begun. */
export function leave(command: Command, reason: Reason): never {
  console.error(spell(command, reason))
  process.exit(2)
}

type Options = NonNullable<ParseArgsConfig['options']>
type Typed<O extends Options> = {
  kind: 'typed'
  values: ReturnType<typeof parseArgs<{ options: O }>>['values']
  words: string[]
}

/** Reads a command line of options and words. */
export function readTyped<O extends Options>(
  command: Command,
  args: readonly string[],
  options: O,
): Typed<O> | Refused {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { kind: 'typed', values: values as Typed<O>['values'], words: positionals }
  } catch (error) {
    // Node's first sentence says what is wrong; the others guess at what was meant.
    return refused(command, (error as Error).message.split('. ')[0]!)
  }
}

/** Reads a variable that is a whole number from `least` on, and `otherwise` where it is not set. */
export function readWhole(
  command: Command,
  name: string,
  value: string | undefined,
  { least, otherwise }: { least: number; otherwise: number },
): { kind: 'whole'; number: number } | Refused {
  if (value === undefined) return { kind: 'whole', number: otherwise }
  return /^\d{1,9}$/.test(value) && Number(value) >= least
    ? { kind: 'whole', number: Number(value) }
    : refused(command, `${name} is "${value}", expected a whole number from ${least}`)
}

/** The patterns that were typed, all of them when none was; each must be one of `patterns`. */
export function readSlugs(
  command: Command,
  words: readonly string[],
  patterns: readonly string[],
): { kind: 'slugs'; slugs: readonly string[] } | Refused {
  const strange = words.filter((slug) => !patterns.includes(slug))
  if (strange.length > 0)
    return refused(
      command,
      `no pattern is named ${strange.join(', ')}, expected any of ${patterns.join(', ')}`,
    )
  return { kind: 'slugs', slugs: words.length > 0 ? words : patterns }
}

/** Reads the command line of a command that takes nothing but patterns. */
export function readPatterns(command: Command, args: readonly string[], patterns: readonly string[]) {
  const typed = readTyped(command, args, {})
  return typed.kind === 'refused' ? typed : readSlugs(command, typed.words, patterns)
}
