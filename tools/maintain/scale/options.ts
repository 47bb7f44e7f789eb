import { type Refused, readArguments, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

const MOST = 2_000

/** What was typed after `npm run scale --`: how many patterns the repositories have, the fewest first. */
export function readSizes(args: readonly string[]): { kind: 'sizes'; sizes: number[] } | Refused {
  const parsed = readArguments(COMMANDS.scale, args, {})
  if (parsed.kind === 'refused') return parsed
  const wrong = parsed.words.find((word) => !/^[1-9]\d*$/.test(word) || Number(word) > MOST)
  if (wrong !== undefined)
    return refused(COMMANDS.scale, `"${wrong}" is no number of patterns, expected 1 to ${MOST}`)
  if (parsed.words.length === 0)
    return refused(COMMANDS.scale, 'expected numbers of patterns, such as 20 200')
  return { kind: 'sizes', sizes: parsed.words.map(Number).toSorted((a, b) => a - b) }
}
