import type { Names } from '../init/names.ts'

const ROW = /^\|.*\]\(patterns\/[^)]+\/README\.md\)/

/** README.md with a row for the new chapter at the end of the table of contents. */
export function enrolInContents(readme: string, { slug, title }: Names): string {
  const lines = readme.split('\n')
  const last = lines.findLastIndex((line) => ROW.test(line))
  if (last < 0) throw new Error('README.md has no table that links to a chapter')
  const cells = [title, `[${slug}](patterns/${slug}/README.md)`, 'a thread for each call']
  const width = lines[last]!.replace(/\\./g, '').split('|').length - 2
  return lines.toSpliced(last + 1, 0, `| ${cells.slice(0, width).join(' | ')} |`).join('\n')
}

/** The package.json of the whole guide with the new pattern among the packages that the guide waits for. */
export function enrolInGuide(manifest: string, { slug }: Names): string {
  const guide: { dependencies: Record<string, string> } = JSON.parse(manifest)
  const dependencies = Object.entries({ ...guide.dependencies, [slug]: '*' })
  dependencies.sort(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({ ...guide, dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`
}
