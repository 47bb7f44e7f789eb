import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A chapter as another guide would be written: its fences say the language and not the file. */
export function bare(chapter: string): string {
  return chapter.replace(/^([ \t>]*`{3,}\w+)[ \t][^\n]*$/gm, '$1')
}

/** Writes chapters so into a folder, and answers where they are. */
export function writeBare(root: string, slugs: readonly string[], folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return slugs.map((slug) => {
    const page = join(folder, `${slug}.md`)
    writeFileSync(page, bare(readFileSync(join(root, 'patterns', slug, 'README.md'), 'utf8')))
    return page
  })
}
