import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench } from './package.ts'
import { good } from './side-by-side.ts'

/** Gives a target folder in which nothing is built yet the crates that are compiled in the one at `from`. */
export async function seed({ dir, toolchain, isolated }: Bench, from: string, target: string): Promise<void> {
  const there = await readdir(join(target, 'debug')).catch(() => [])
  if (there.length > 0) return
  await mkdir(join(target, 'debug'), { recursive: true })
  const parts = ['deps', '.fingerprint', 'build'].map((part) => join(from, 'debug', part))
  const copy = (how: string) => {
    const args = [how, '--force', ...parts, join(target, 'debug')]
    return toolchain.run({ program: 'cp', args, cwd: dir, timeoutMs: 60_000 })
  }
  // A sandbox shows the crates and lets nobody write them, so names for them do; hard links would cross its mounts.
  if (!good(await copy(isolated ? '-as' : '-al'))) await copy('-a')
}
