import { join } from 'node:path'
import { findPatterns, showFindingOn } from '@cookbook/guide'
import { complain, type Refused, readArguments, readSlugs, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { fromChapter, fromSource, type Synced } from './sync-one.ts'

export const OPTIONS = {
  'from-chapter': { type: 'boolean', default: false, help: 'write each source from its chapter' },
  json: { type: 'boolean', default: false, help: 'what was written, and what is left, as JSON' },
} as const

/**
 * `npm run sync`: writes every example from its source into its chapter, and with `--from-chapter` the other way; with
 * names, only those patterns'. Exit code 1 when something is left that it cannot fix, or refuses to overwrite.
 */
export async function sync(root: string, args: readonly string[]): Promise<number> {
  const parsed = readSync(args, await findPatterns(root))
  if (parsed.kind === 'refused') {
    complain(spell(COMMANDS.sync, parsed))
    return 2
  }
  const one = parsed.back ? fromChapter : fromSource
  const done = await Promise.all(parsed.slugs.map((slug) => one(root, join(root, 'patterns', slug))))
  const left = done.flatMap(({ left }) => left)
  if (parsed.json) console.log(asJson(done))
  else {
    for (const line of done.flatMap(({ said }) => said)) console.log(line)
    for (const finding of left.map(showFindingOn(process.stderr))) console.error(finding)
  }
  return left.length > 0 ? 1 : 0
}

function asJson(done: readonly Synced[]): string {
  const chapters = done.map(({ slug, written, left }) => ({ slug, written, findings: left }))
  return JSON.stringify({ format: 'cookbook-sync', version: 1, chapters }, null, 2)
}

/** What was typed after `npm run sync --`. */
export function readSync(
  args: readonly string[],
  patterns: readonly string[],
): { kind: 'sync'; slugs: readonly string[]; back: boolean; json: boolean } | Refused {
  const parsed = readArguments(COMMANDS.sync, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const named = readSlugs(COMMANDS.sync, parsed.words, patterns)
  return named.kind === 'refused'
    ? named
    : {
        kind: 'sync',
        slugs: named.slugs,
        back: parsed.values['from-chapter'],
        json: parsed.values.json,
      }
}
