import { join } from 'node:path'
import type { Toolchain } from '../probe/toolchain.ts'
import { type BuildProfile, PLAIN } from './build-profile.ts'

/** Everything that a toolchain builds for a checkout, and nothing of another toolchain. */
export function buildFolder(root: string, toolchain: Pick<Toolchain, 'id'>): string {
  return join(root, 'target', toolchain.id)
}

/** What is built once for all patterns, and by cells of the matrix once for all that differ only in their C++. */
export function seedFolder(root: string, { seeds }: Pick<Toolchain, 'seeds'>): string {
  return join(root, 'target', seeds)
}

/** The cargo target folder of one pattern, its own so that patterns build side by side. */
export function targetFolder(
  root: string,
  toolchain: Pick<Toolchain, 'id'>,
  slug: string,
  { name, apart }: BuildProfile = PLAIN,
): string {
  const folder = join(buildFolder(root, toolchain), slug)
  return apart ? join(folder, name) : folder
}
