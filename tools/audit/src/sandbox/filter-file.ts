import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ARCHITECTURES, type Architecture, dockerProfile, filterFor } from './seccomp.ts'
import { noFilter } from './words.ts'

/** The files that hold the filter of system calls: of any command, and of one that looks into its own threads. */
export type Filters = { plain: string; tracing: string }

/** Writes the filters for a kind of sandbox below the repository's target folder, which no sandbox shows. */
export async function keepFilters(
  root: string,
  kind: 'bubblewrap' | 'docker',
  architecture: string = process.arch,
): Promise<Filters | { problem: string }> {
  if (!(architecture in ARCHITECTURES)) return { problem: noFilter(architecture) }
  const folder = join(root, 'target', 'audit-filters')
  await mkdir(folder, { recursive: true })
  const keep = async (mayTrace: boolean) => {
    const bytes =
      kind === 'docker'
        ? Buffer.from(dockerProfile(mayTrace))
        : filterFor(architecture as Architecture, mayTrace)
    const path = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 16))
    const draft = `${path}.${process.pid}`
    await writeFile(draft, bytes)
    await rename(draft, path)
    return path
  }
  return { plain: await keep(false), tracing: await keep(true) }
}
