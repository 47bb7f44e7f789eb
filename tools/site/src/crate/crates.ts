import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crateFolderOf, crateFolders, findPatterns, readPackage, withinCrate } from '@cookbook/guide'
import type { Repository } from '../repository.ts'
import type { Crate } from './rename.ts'

/** The crates that a reader who pastes a chapter has: the files that it shows line for line, without their anchors. */
export async function cratesOf({ root, url, commit }: Repository, slug: string): Promise<Crate[]> {
  const library = url === null ? null : `git = "${url}", rev = "${commit}"`
  const { files, contract } = await readPackage(root, join(root, 'patterns', slug))
  return crateFolders(contract).map((folder) => {
    const texts = contract.flatMap((path) => {
      const text = crateFolderOf(path) === folder ? files.get(path)?.regions.whole.text : undefined
      return text === undefined ? [] : [[withinCrate(path), `${text}\n`] as const]
    })
    const name = /^name\s*=\s*"([^"]+)"/m.exec(files.get(`${folder}Cargo.toml`)?.text.raw ?? '')?.[1]
    return { folder, name: name ?? slug, files: Object.fromEntries(texts), library }
  })
}

/** The whole files of which a chapter shows something, its tests and outputs too, by path from the pattern's folder. */
async function shownFiles(root: string, slug: string): Promise<Record<string, string>> {
  const { files, chapter } = await readPackage(root, join(root, 'patterns', slug))
  const texts = chapter.examples.flatMap(({ source: { path } }) => {
    const file = files.get(path)
    return file === undefined ? [] : [[path, `${file.regions.whole.text}\n`] as const]
  })
  return Object.fromEntries(texts)
}

/** Writes the crates of every pattern, and the files that its chapter shows, beside its page. */
export async function writeCrates(repository: Repository, out: string): Promise<void> {
  for (const slug of await findPatterns(repository.root)) {
    const folder = join(out, slug)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'crates.json'), JSON.stringify(await cratesOf(repository, slug)))
    await writeFile(join(folder, 'files.json'), JSON.stringify(await shownFiles(repository.root, slug)))
  }
}
