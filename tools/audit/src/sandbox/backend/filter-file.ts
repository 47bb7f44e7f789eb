import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noFilter } from '../confine/messages.ts'
import { ARCHITECTURES, type Architecture, dockerProfile, filterFor } from './seccomp.ts'

/** The files that hold the filter of system calls: of any command, and of one that looks into its own threads. */
export type Filters = { plain: string; tracing: string }

/** Writes the filters for a kind of sandbox to a folder that no sandbox shows. */
export async function keepFilters(
  folder: string,
  kind: 'bubblewrap' | 'docker',
  architecture: string = process.arch,
): Promise<Filters | { problem: string }> {
  if (!(architecture in ARCHITECTURES)) return { problem: noFilter(architecture) }
  await mkdir(folder, { recursive: true })
  const keep = async (mayTrace: boolean) => {
    const bytes =
      kind === 'docker'
        ? Buffer.from(dockerProfile(mayTrace))
        : filterFor(architecture as Architecture, mayTrace)
    const path = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 16))
    if (
      await readFile(path).then(
        (there) => there.equals(bytes),
        () => false,
      )
    )
      return path
    const draft = `${path}.${process.pid}`
    await writeFile(draft, bytes)
    await rename(draft, path)
    return path
  }
  return { plain: await keep(false), tracing: await keep(true) }
}
