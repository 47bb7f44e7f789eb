import type { PatternPackage } from '@cookbook/guide'
import type { Readers, Toolchain } from '@cookbook/toolchain'
import { addUp, type Counts } from './counts.ts'
import { cxxCounts } from './cxx-counts.ts'
import { rustCounts } from './rust-counts.ts'

/**
 * How often each line of a pattern ran in its last covered run, which left `folder` and built into `target`. Rejects
 * when what it left cannot be read.
 */
export async function readCoverage(
  pkg: PatternPackage,
  toolchain: Toolchain,
  readers: Readers,
  { folder, target }: { folder: string; target: string },
): Promise<Counts> {
  const rust = await rustCounts(toolchain, readers, folder)
  const cxx = await cxxCounts(toolchain, readers, target)
  return addUp(pkg, [...rust, ...cxx])
}
