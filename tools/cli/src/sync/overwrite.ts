import { chmod, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PatternPackage } from '@cookbook/guide'
import { writeFileAtomic } from '@cookbook/toolchain'

/**
 * Gives a file of a package its new text. `before` is what it was read as: a file that an editor has saved meanwhile
 * is left alone, which rejects. With `loses` the former text is kept in a file of its own, which the answer names.
 */
export async function overwrite(
  pkg: PatternPackage,
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  loses: boolean,
): Promise<string[]> {
  if (Buffer.compare(before, after) === 0) return []
  const file = await realpath(join(pkg.dir, path))
  const said = loses ? [`  what stood there is kept in ${await keep(pkg, path, before)}`] : []
  const { mode } = await stat(file)
  if (Buffer.compare(await readFile(file), before) !== 0)
    throw new Error(`${file} was saved by somebody else meanwhile: run it again`)
  await writeFileAtomic(file, Buffer.from(after).toString('utf8'))
  await chmod(file, mode)
  return said
}

async function keep({ root, slug }: PatternPackage, path: string, text: Uint8Array): Promise<string> {
  const time = new Date().toISOString().replaceAll(':', '').replace('.', '')
  const results = `target/replaced/${slug}/${time}-${basename(path)}`
  await mkdir(join(root, 'target/replaced', slug), { recursive: true })
  await writeFile(join(root, results), text)
  return results
}
