import { type Refused, readArguments, refused } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { type Names, slugProblem, type Taken, titleOf, titleProblem } from '../init/names.ts'

export const OPTIONS = {
  title: { type: 'string', value: 'words', help: 'the title of its chapter' },
} as const

/** What was typed after `cookbook new`. Without a name somebody is `asked`, where there is a terminal. */
export function readNew(
  args: readonly string[],
  taken: Taken,
  isTerminal: boolean,
): (Names & { kind: 'named' }) | { kind: 'asked' } | Refused {
  const parsed = readArguments(COMMANDS.new, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const [slug, ...rest] = parsed.words
  const { title } = parsed.values
  if (rest.length > 0)
    return refused(
      COMMANDS.new,
      `expected one name, and found ${parsed.words.join(' ')}: put the title into quotes`,
    )
  if (slug === undefined)
    return title === undefined && isTerminal
      ? { kind: 'asked' }
      : refused(COMMANDS.new, 'expected the name of the pattern, such as rate-limit')
  const problem = slugProblem(slug, taken) ?? (title === undefined ? null : titleProblem(title))
  if (problem !== null) return refused(COMMANDS.new, problem)
  return { kind: 'named', slug, title: title ?? titleOf(slug) }
}
