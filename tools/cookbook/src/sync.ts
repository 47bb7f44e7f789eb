import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPatterns } from '@cookbook/guide'
import { fromChapter, fromSource } from './sync-one.ts'

/**
 * `npm run sync`: writes every example from its source into its chapter, and with `--from-chapter` the other way; with
 * names, only those patterns'. Exit code 1 when something is left that it cannot mend, or refuses to overwrite.
 */
export async function sync(root: string, args: readonly string[]): Promise<number> {
  const typed = read(args)
  if (typeof typed === 'string') {
    console.error(`sync: ${typed}`)
    return 2
  }
  const patterns = await findPatterns(root)
  const strange = typed.slugs.filter((slug) => !patterns.includes(slug))
  if (strange.length > 0) {
    console.error(`sync: no pattern is named ${strange.join(', ')}; expected ${patterns.join(', ')}`)
    return 2
  }
  const slugs = typed.slugs.length > 0 ? typed.slugs : patterns
  const one = typed.back ? fromChapter : fromSource
  const done = await Promise.all(slugs.map((slug) => one(root, join(root, 'patterns', slug))))
  for (const line of done.flatMap(({ said }) => said)) console.log(line)
  const left = done.flatMap(({ left }) => left)
  for (const finding of left) console.error(finding)
  return left.length > 0 ? 1 : 0
}

function read(args: readonly string[]): { slugs: string[]; back: boolean } | string {
  try {
    const options = { 'from-chapter': { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { slugs: positionals, back: values['from-chapter'] }
  } catch (error) {
    return (error as Error).message
  }
}
