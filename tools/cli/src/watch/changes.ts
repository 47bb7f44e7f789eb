import { join, relative, sep } from 'node:path'
import { WHOLE_GUIDE } from '@cookbook/guide'
import { watch } from 'chokidar'

/**
 * Saves that follow one another this closely are one: an editor's, a formatter's, a checkout's. Longer than the 50 ms
 * in which chokidar keeps a further change of a file to itself: it would be looked at before and never after.
 */
const QUIET_MS = 60
const LONGEST_MS = 1000

/** What lies outside of patterns/ and is shared by them, so that all are looked at again. */
const SHARED = ['Cargo.toml', 'Cargo.lock', 'crates']
/** What the table of contents is held against, which is done at each look. */
const CONTENTS = ['README.md', `${WHOLE_GUIDE}/package.json`]
/** What judges: this very program, what runners import, the packages of both, and the image that they run in. */
const JUDGES = [
  ...['cli', 'diagnostics', 'evidence', 'guide', 'harness', 'toolchain'].map((tool) => `tools/${tool}`),
  ...['package-lock.json', 'docker'],
]

/**
 * What was saved: the patterns that a change belongs to, or all of them where it lies outside of any; and whether
 * what judges them is another one.
 */
export type Batch = { slugs: ReadonlySet<string> | 'all'; judges: boolean; at: number }

/**
 * Calls `changed` after each burst of saves, whatever became of the files: what they are now is for the caller to
 * look at. `at` is when the first of them was noticed. Resolves, when all folders are watched, with what ends it.
 */
export async function watchChanges(
  root: string,
  changed: (batch: Batch) => void,
): Promise<() => Promise<void>> {
  let batch: { slugs: Set<string>; all: boolean; judges: boolean; at: number } | null = null
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    const { slugs, all, judges, at } = batch!
    batch = null
    changed({ slugs: all ? 'all' : slugs, judges, at })
  }
  const watched = ['patterns', ...SHARED, ...CONTENTS, ...JUDGES].map((path) => join(root, path))
  const watcher = watch(watched, {
    ignoreInitial: true,
    ignored: (path) => isNoise(relative(root, path)),
  })
  watcher.on('all', (_, path) => {
    const name = relative(root, path).split(sep).join('/')
    const [folder, slug] = name.split('/')
    batch ??= { slugs: new Set(), all: false, judges: false, at: performance.now() }
    if (folder === 'patterns' && slug !== undefined) batch.slugs.add(slug)
    else if (JUDGES.some((judge) => name === judge || name.startsWith(`${judge}/`))) batch.judges = true
    else if (!CONTENTS.includes(name)) batch.all = true
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
    last === 'at-hand.json' ||
    (names[0] === 'tools' && isTest(names)) ||
    last.endsWith('~')
  )
}

/** Of the tools, what only tests them: no verdict depends on it. */
function isTest(names: readonly string[]): boolean {
  const [, , folder] = names
  return folder === 'test' || folder === 'fixtures' || names.at(-1)!.endsWith('.test.ts')
}
