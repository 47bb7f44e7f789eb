import { findPatterns } from '@cookbook/guide'
import { watchChanges } from './watch/changes.ts'
import { show } from './watch/screen.ts'
import { openSession } from './watch/session.ts'

/**
 * `npm run watch [-- slug...]`: checks again what an edit affects, and shows what is wrong now, or that all is well.
 * Ends with Ctrl-C and leaves no process; answers 0 then.
 */
export async function watch(root: string, args: readonly string[]): Promise<number> {
  const patterns = await findPatterns(root)
  const strange = args.filter((slug) => !patterns.includes(slug))
  if (strange.length > 0) {
    console.error(`watch: no pattern is named ${strange.join(', ')}; expected ${patterns.join(', ')}`)
    return 2
  }
  const session = openSession(root, args.length === 0 ? 'all' : new Set(args), show)
  const stop = await watchChanges(root, (batch) => session.changed(batch))
  session.changed({ slugs: 'all', at: performance.now() })
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  session.end()
  await stop()
  return 0
}
