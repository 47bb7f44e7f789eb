import { findPatterns } from '@cookbook/guide'
import { complain, type Refused, readArguments, readSlugs, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { watchChanges } from './changes.ts'
import { loadProblem, restart } from './restart.ts'
import { show, showJson } from './screen.ts'
import { openSession, type Wanted } from './session.ts'

export const OPTIONS = {
  fresh: { type: 'boolean', default: false, help: 'prove everything again' },
  json: { type: 'boolean', default: false, help: 'each state as a line of JSON' },
} as const

/**
 * `npm run watch [-- slug...]`: checks again what an edit affects, and shows what is wrong now, or that all is well.
 * After an edit of the tools it begins again with them. Ends with Ctrl-C and leaves no process; answers 0 then.
 */
export async function watch(root: string, args: readonly string[]): Promise<number> {
  const wanted = readWatch(args, await findPatterns(root))
  if (wanted.kind === 'refused') {
    complain(spell(COMMANDS.watch, wanted))
    return 2
  }
  const session = openSession(root, wanted, wanted.json ? showJson : show)
  const stop = await watchChanges(root, async (batch) => {
    if (!batch.judges) return session.changed(batch)
    const problem = await loadProblem(root)
    if (problem !== null) return session.troubled(problem)
    session.end()
    await stop()
    restart(args)
  })
  session.changed({ slugs: 'all', judges: false, at: performance.now() })
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  session.end()
  await stop()
  return 0
}

/** What was typed after `npm run watch --`: without a name also the patterns that are not there yet. */
export function readWatch(
  args: readonly string[],
  patterns: readonly string[],
): ({ kind: 'watch'; json: boolean } & Wanted) | Refused {
  const parsed = readArguments(COMMANDS.watch, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const named = readSlugs(COMMANDS.watch, parsed.words, patterns)
  if (named.kind === 'refused') return named
  const slugs = parsed.words.length === 0 ? 'all' : new Set(named.slugs)
  const { fresh, json } = parsed.values
  return { kind: 'watch', slugs, fresh, json }
}
