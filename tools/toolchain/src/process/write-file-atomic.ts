import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Gives a file its text, whole or not at all; an equal file keeps its time, which cargo goes by. */
export async function writeFileAtomic(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return
  await mkdir(dirname(path), { recursive: true })
  // A killed run may leave it, so nothing takes its name for a file of the project. Two writers of a file have two.
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.draft`)
  await writeFile(draft, text)
  await rename(draft, path)
}
