import { type Refused, readArguments, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

/** Reads the command line of `npm run package`, which takes nothing. */
export function readPackageOptions(args: readonly string[]): { kind: 'package' } | Refused {
  const parsed = readArguments(COMMANDS.package, args, {})
  if (parsed.kind === 'refused') return parsed
  if (parsed.words.length === 0) return { kind: 'package' }
  return refused(COMMANDS.package, `unexpected ${parsed.words.join(' ')}, expected nothing`)
}
