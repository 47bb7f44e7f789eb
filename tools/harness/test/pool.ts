import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Copy, layBase } from './copy.ts'

/** Copies of a built base, each lent to one case at a time. */
export type Pool = { use<Result>(body: (copy: Copy) => Promise<Result>): Promise<Result> }

const AGREED = 'target/agreed/tally.json'

/** Lays `count` copies; the first is `built`, and the others get its target folder, so nothing is compiled twice. */
export async function openPool(built: Copy, count: number): Promise<Pool> {
  const others = Array.from({ length: count - 1 }, async (_, index) => {
    const copy = await layBase(`${built.root}-${index + 2}`)
    const target = join(copy.root, 'target')
    await cp(join(built.root, 'target'), target, { recursive: true, preserveTimestamps: true })
    // Without it the harness forgets what was built of the pattern itself, whose paths are another copy's.
    for (const id of await readdir(target)) await rm(join(target, id, 'tally/seen.json'), { force: true })
    return copy
  })
  const syncState = await readFile(join(built.root, AGREED))
  const free = [built, ...(await Promise.all(others))]
  const waiting: ((copy: Copy) => void)[] = []
  return {
    async use(body) {
      const copy = free.pop() ?? (await new Promise<Copy>((resolve) => waiting.push(resolve)))
      try {
        // What the case before has agreed on would say of this one's drift that both sides changed.
        await writeFile(join(copy.root, AGREED), syncState)
        return await body(copy)
      } finally {
        const next = waiting.shift()
        if (next) next(copy)
        else free.push(copy)
      }
    },
  }
}
