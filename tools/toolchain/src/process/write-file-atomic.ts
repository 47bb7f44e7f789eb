import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Gives a file its text, whole or not at all; an equal file keeps its time, which cargo goes by. */
export async function writeFileAtomic(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return
  await mkdir(dirname(path), { recursive: true })
  // A killed run may leave it, so it bears a name that nothing takes for a file of the project.
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.draft`)
  await writeFile(draft, text)
  await rename(draft, path)
}
