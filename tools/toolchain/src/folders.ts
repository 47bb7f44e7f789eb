import { join } from 'node:path'
import { type Flavor, PLAIN } from './flavor.ts'
import type { Toolchain } from './toolchain.ts'

/** Everything that a toolchain builds for a checkout, and nothing of another toolchain. */
export function buildFolder(root: string, toolchain: Pick<Toolchain, 'id'>): string {
  return join(root, 'target', toolchain.id)
}

/** The cargo target folder of one pattern, its own so that patterns build side by side. */
export function targetFolder(
  root: string,
  toolchain: Pick<Toolchain, 'id'>,
  slug: string,
  { name, apart }: Flavor = PLAIN,
): string {
  const folder = join(buildFolder(root, toolchain), slug)
  return apart ? join(folder, name) : folder
}
