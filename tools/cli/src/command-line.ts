import type { parseArgs } from 'node:util'
import { COLUMNS, fold, widthOf } from '@cookbook/guide/fold'
import { CommanderError, Option, Command as Program } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { meant } from './meant.ts'

/** A command: how it is typed, what it does in a few sentences, what its exit codes mean, and options that its help
 * shows and others read. */
export type Command = { name: string; usage: string; about: string; exits: Exits; also?: Options }

/** 0: all is well; 1: something was found; 2: what was typed is not understood; 3: it could not run at all. */
export type Exits = { 0: string; 1?: string; 2?: string; 3?: string }

const NOT_UNDERSTOOD = 'this was not understood'

/** What a command takes, by its long name; `value` names what an option is followed by. */
export type Options = Readonly<
  Record<
    string,
    {
      type: 'boolean' | 'string'
      help?: string
      value?: string
      short?: string
      multiple?: boolean
      default?: string | boolean | string[]
    }
  >
>

/** Why a command does not begin: what was typed or is there, and what to do. */
export type Refused = { kind: 'refused'; problem: string; fix: string }
/** The same, or why there is no toolchain. */
export type Reason = Omit<Refused, 'kind'>

/** Refuses what cannot be understood: what to do is to type the command so. */
export const refused = ({ usage }: Command, problem: string): Refused => ({
  kind: 'refused',
  problem,
  fix: usage,
})

/** As it is printed. */
export const spell = ({ name }: Pick<Command, 'name'>, { problem, fix }: Reason): string =>
  `${name}: ${problem}\n  ${fix}`

/** Prints what a command has to say of itself, as wide as a terminal shows it. */
export const complain = (text: string): void => console.error(fold(text, widthOf(process.stderr)))

/** Ends the command before it has begun. */
export function leave(command: Command, reason: Reason): never {
  complain(spell(command, reason))
  process.exit(2)
}

type Arguments<O extends Options> = {
  kind: 'read'
  values: ReturnType<typeof parseArgs<{ options: O }>>['values']
  words: string[]
}

/** Reads a command line of options and words. `--help` and `--version` are answered, and end the process. */
export function readArguments<const O extends Options>(
  command: Command,
  args: readonly string[],
  options: O,
): Arguments<O> | Refused {
  const program = programOf(command, options)
  try {
    program.parse(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return refused(command, error.message.replace(/^error: /, '').replaceAll('\n', ' '))
  }
  const names = new Map(program.options.map((option) => [option.attributeName(), option.name()]))
  const values = Object.entries(program.opts()).map(([key, value]) => [
    names.get(key)!.replace(/^no-/, ''),
    value,
  ])
  return { kind: 'read', values: Object.fromEntries(values), words: program.args }
}

function programOf(command: Command, options: Options): Program {
  const { name, usage, about, exits } = command
  const codes = Object.entries({ 2: NOT_UNDERSTOOD, ...exits }).map(([code, what]) => `${code}: ${what}`)
  const program = new Program(name)
    .configureHelp({
      commandUsage: () => fold(usage, COLUMNS - 'Usage: '.length),
      optionDescription: ({ description }) => description,
    })
    .description(about)
    .argument('[words...]')
    .helpOption('-h, --help', 'show this')
    .version(manifest.version, '--version', 'show the version')
    .addHelpText('after', fold(`\nExit code ${codes.join('; ')}.`, COLUMNS))
    .configureOutput({ writeErr: () => {} })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0)
      throw error
    })
  for (const [
    option,
    { type, help = '', value = 'value', short, multiple, default: otherwise },
  ] of Object.entries({ ...options, ...command.also })) {
    const flags = `${short === undefined ? '' : `-${short}, `}--${option}${type === 'string' ? ` <${value}>` : ''}`
    const one = new Option(flags, help)
    if (otherwise !== undefined) one.default(otherwise)
    if (multiple)
      one.argParser((word: string, all: string[] | undefined) => [
        ...(all === otherwise ? [] : (all ?? [])),
        word,
      ])
    program.addOption(otherwise === true ? one.hideHelp() : one)
    if (otherwise === true) program.addOption(new Option(`--no-${option}`, help))
  }
  return program
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
  if (strange.length > 0) return refused(command, noPattern(strange, patterns))
  return { kind: 'slugs', slugs: words.length > 0 ? words : patterns }
}

export function noPattern(strange: readonly string[], patterns: readonly string[]): string {
  return `no pattern is named ${strange.join(', ')}${meant(strange, patterns)}, expected any of ${patterns.join(', ')}`
}

/** Reads the command line of a command that takes nothing but patterns. */
export function readPatterns(command: Command, args: readonly string[], patterns: readonly string[]) {
  const parsed = readArguments(command, args, {})
  return parsed.kind === 'refused' ? parsed : readSlugs(command, parsed.words, patterns)
}
