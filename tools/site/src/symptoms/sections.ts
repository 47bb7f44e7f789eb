import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import GithubSlugger from 'github-slugger'
import { addressOf, type Pages } from '../pages.ts'
import type { Section } from './find.ts'

/** The pages that say what can go wrong. */
const SEARCHED = /^(?:patterns\/[^/]+\/README|docs\/(?:errors|cxx))\.md$/

/** The sections of the pages that say what can go wrong, each under its heading. */
export function sectionsOf(root: string, { rewrites }: Pages): Section[] {
  return Object.entries(rewrites)
    .filter(([path]) => SEARCHED.test(path))
    .flatMap(([path, page]) => split(readFileSync(join(root, path), 'utf8'), addressOf(page)))
}

const SECTIONS_FILE = 'symptoms.json'

/** Writes the sections for the page that searches them. */
export async function writeSections(root: string, pages: Pages, out: string): Promise<void> {
  await writeFile(join(out, SECTIONS_FILE), JSON.stringify(sectionsOf(root, pages)))
}

function split(markdown: string, address: string): Section[] {
  const slugger = new GithubSlugger()
  const sections: Section[] = []
  let page = ''
  let fence: string | null = null
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined && (fence === null || line.trim() === fence)) fence = fence === null ? mark : null
    const heading = fence === null ? /^(#{1,3}) (.+)$/.exec(line) : null
    if (heading === null) {
      if (mark === undefined) sections.at(-1)?.lines.push(line)
      continue
    }
    const title = heading[2]!.replaceAll('`', '')
    const slug = slugger.slug(title)
    if (heading[1] === '#') page = title
    sections.push({ page, title, address: heading[1] === '#' ? address : `${address}#${slug}`, lines: [] })
  }
  return sections.map((section) => ({
    ...section,
    lines: section.lines.filter((line) => !/^\s*(?:<!--|$)/.test(line)),
  }))
}
