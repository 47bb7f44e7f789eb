import { join } from 'node:path'
import { findPatterns, readPackage, showFinding, syncChapter } from '@cookbook/guide'
import { place } from '@cookbook/toolchain'

/**
 * `npm run sync`: writes every example from its source into its chapter; with names, only into those patterns'
 * chapters. Exit code 1 when something is left that it cannot mend.
 */
export async function sync(root: string, args: readonly string[]): Promise<number> {
  const patterns = await findPatterns(root)
  const strange = args.filter((slug) => !patterns.includes(slug))
  if (strange.length > 0) {
    console.error(`sync: no pattern is named ${strange.join(', ')}; expected ${patterns.join(', ')}`)
    return 2
  }
  const slugs = args.length > 0 ? args : patterns
  const left = (await Promise.all(slugs.map((slug) => syncOne(root, slug)))).flat()
  for (const finding of left) console.error(finding)
  return left.length > 0 ? 1 : 0
}

async function syncOne(root: string, slug: string): Promise<string[]> {
  const dir = join(root, 'patterns', slug)
  const { bytes, changed, findings } = syncChapter(await readPackage(root, dir))
  await place(join(dir, 'README.md'), Buffer.from(bytes).toString('utf8'))
  for (const { line, source } of changed) {
    const name = source.region === null ? source.path : `${source.path}#${source.region}`
    console.log(`patterns/${slug}/README.md:${line} written from ${name}`)
  }
  if (changed.length === 0) console.log(`patterns/${slug}/README.md equals its sources`)
  return findings.map(showFinding)
}
