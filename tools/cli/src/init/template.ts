import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { crateName, type Names } from './names.ts'

const ENDING = '.template'

/** Writes the files of a template folder into `dir`, which must not exist, with the names where the template has them. */
export async function writeTemplate(template: string, dir: string, names: Names): Promise<void> {
  const words: Record<string, string> = { ...names, crate: crateName(names.slug) }
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (mark, word: string) => {
      const found = words[word]
      if (found === undefined) throw new Error(`the template has ${mark}, which is no name of a pattern`)
      return found
    })
  await mkdir(dirname(dir), { recursive: true })
  await mkdir(dir)
  for (const entry of await readdir(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(ENDING)) continue
    const path = join(entry.parentPath, entry.name)
    const target = join(dir, fill(relative(template, path)).slice(0, -ENDING.length))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, fill(await readFile(path, 'utf8')))
  }
}

/** Makes what a template wrote into `dir` a pattern of a guide that has the tools as a package. */
export async function adoptTemplate(dir: string): Promise<void> {
  await adapt(join(dir, 'verify.test.ts'), (text) =>
    text.replace("'@cookbook/harness'", "'cxx-async-cookbook/harness'"),
  )
  // The other chapters are not in this guide.
  await adapt(join(dir, 'README.md'), (text) => text.replace(/\[([^\]]+)\]\(\.\.\/[^)]+\)/g, '$1'))
}

async function adapt(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')))
}
