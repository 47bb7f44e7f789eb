import { join } from 'node:path'
import { findPatterns } from '@cookbook/guide'
import { type Refused, readArguments, readSlugs, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { fromChapter, fromSource } from './sync-one.ts'

/**
 * `npm run sync`: writes every example from its source into its chapter, and with `--from-chapter` the other way; with
 * names, only those patterns'. Exit code 1 when something is left that it cannot fix, or refuses to overwrite.
 */
export async function sync(root: string, args: readonly string[]): Promise<number> {
  const parsed = readSync(args, await findPatterns(root))
  if (parsed.kind === 'refused') {
    console.error(spell(COMMANDS.sync, parsed))
    return 2
  }
  const one = parsed.back ? fromChapter : fromSource
  const done = await Promise.all(parsed.slugs.map((slug) => one(root, join(root, 'patterns', slug))))
  for (const line of done.flatMap(({ said }) => said)) console.log(line)
  const left = done.flatMap(({ left }) => left)
  for (const finding of left) console.error(finding)
  return left.length > 0 ? 1 : 0
}

/** What was typed after `npm run sync --`. */
export function readSync(
  args: readonly string[],
  patterns: readonly string[],
): { kind: 'sync'; slugs: readonly string[]; back: boolean } | Refused {
  const parsed = readArguments(COMMANDS.sync, args, {
    'from-chapter': { type: 'boolean', default: false, help: 'write each source from its chapter' },
  })
  if (parsed.kind === 'refused') return parsed
  const named = readSlugs(COMMANDS.sync, parsed.words, patterns)
  return named.kind === 'refused'
    ? named
    : { kind: 'sync', slugs: named.slugs, back: parsed.values['from-chapter'] }
}
