import { join, relative, sep } from 'node:path'
import { watch } from 'chokidar'

/** Saves that follow one another this closely are one: an editor's, a formatter's, a checkout's. */
const QUIET_MS = 40
const LONGEST_MS = 1000

/** What was saved: the patterns that a change belongs to, or all of them where it lies outside of any. */
export type Batch = { slugs: ReadonlySet<string> | 'all'; at: number }

/**
 * Calls `changed` after each burst of saves, whatever became of the files: what they are now is for the caller to
 * look at. `at` is when the first of them was noticed. Resolves, when all folders are watched, with what ends it.
 */
export async function watchChanges(
  root: string,
  changed: (batch: Batch) => void,
): Promise<() => Promise<void>> {
  let batch: { slugs: Set<string>; all: boolean; at: number } | null = null
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    const { slugs, all, at } = batch!
    batch = null
    changed({ slugs: all ? 'all' : slugs, at })
  }
  const watcher = watch([join(root, 'patterns'), join(root, 'Cargo.toml'), join(root, 'Cargo.lock')], {
    ignoreInitial: true,
    ignored: (path) => isNoise(relative(root, path)),
  })
  watcher.on('all', (_, path) => {
    const [folder, slug] = relative(root, path).split(sep)
    batch ??= { slugs: new Set(), all: false, at: performance.now() }
    if (folder === 'patterns' && slug !== undefined) batch.slugs.add(slug)
    else batch.all = true
    clearTimeout(timer)
    const left = batch.at + LONGEST_MS - performance.now()
    timer = setTimeout(flush, Math.max(0, Math.min(QUIET_MS, left)))
  })
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', () => resolve()).once('error', reject)
  })
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}

/** What tools write, and what an editor keeps beside a file. */
function isNoise(path: string): boolean {
  const names = path.split(sep)
  const last = names.at(-1)!
  return (
    names.some(
      (name) => name === 'node_modules' || name === 'target' || (name.startsWith('.') && name !== '..'),
    ) ||
    last === 'evidence.json' ||
    last.endsWith('~')
  )
}
