import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fromSource } from '@cookbook/cli/sync/sync-one'
import { edit, editShown } from '../../checkout/edit.ts'
import { openScreen } from '../../checkout/screen.ts'
import { seconds } from '../figures/time.ts'
import { insertShown } from './insert-shown.ts'
import type { Edited, WatchResults } from './results.ts'
import { shellLoop } from './shell-loop.ts'

const ANSWER_LIMIT_MS = 10 * 60_000
const WELL = /all is well/

/** Measures, `rounds` times over, how soon a save of the pattern is answered in a checkout that was verified. */
export async function measureWatch(
  root: string,
  slug: string,
  target: string,
  rounds: number,
): Promise<WatchResults> {
  const dir = join(root, 'patterns', slug)
  const rebuild = () =>
    seconds(dir, 'cargo', ['build', '--locked', '--all-targets', '--target-dir', target], {
      CXX: 'g++',
      CXXFLAGS: '-Wall -Wextra -Werror -MMD',
    })
  const loop = () => seconds(root, 'bash', ['-c', shellLoop(root, [slug], target)])
  const [ownRust, ownCxx] = ['src/lib.rs', `src/${slug}.cc`]
  for (const path of [ownRust, ownCxx]) insertShown(join(dir, path), lineOf(path, 0))
  await fromSource(root, dir)
  rebuild()
  const screen = openScreen(root, [slug], { ...process.env, TOOLCHAIN: 'host' }, ANSWER_LIMIT_MS)
  await screen.says(WELL)
  const nothing = (): Edited => ({ compiled: [], rebuild: [], well: [], loop: [] })
  const [prose, rust, cxx]: [number[], Edited, Edited] = [[], nothing(), nothing()]

  async function save(path: string, round: number, into: Edited): Promise<void> {
    const from = screen.length()
    const started = performance.now()
    // Both at once: the second of two saves would cancel what the first one began.
    editShown(dir, path, lineOf(path, round), lineOf(path, round + 1))
    into.compiled.push(((await screen.says(/compiled after/, from)) - started) / 1000)
    into.well.push(((await screen.says(WELL, from)) - started) / 1000)
    const built = rebuild()
    into.rebuild.push(built)
    into.loop.push(built + loop())
  }

  try {
    for (let round = 0; round < rounds; round++) {
      const from = screen.length()
      const chapter = join(dir, 'README.md')
      const started = performance.now()
      edit(chapter, '\n## What can', '\nMore.\n\n## What can')
      prose.push(((await screen.says(WELL, from)) - started) / 1000)
      await save(ownRust, round, rust)
      await save(ownCxx, round, cxx)
    }
  } finally {
    await screen.interrupt()
  }
  const date = new Date().toISOString().slice(0, 10)
  return { date, processors: availableParallelism(), slug, prose, rust, cxx }
}

/** A line of code that means nothing, but is another one each time. */
const lineOf = (path: string, round: number) => `// Line ${round} of ${path}.\n`
