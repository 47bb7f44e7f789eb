import type { Finding } from '../finding/finding.ts'
import { findPatterns, WHOLE_GUIDE } from '../package/patterns.ts'
import { contents } from './contents.ts'

/** Holds the table of contents of README.md and the guide's dependencies against the packages in patterns/. */
export async function contentsFindings(
  root: string,
  readme: string,
  dependencies: readonly string[],
): Promise<Finding[]> {
  const patterns = await findPatterns(root)
  const entries = contents(readme, 'README.md')
  const listed = entries.map(({ slug }) => slug)
  const missing = patterns.filter((slug) => !listed.includes(slug))
  const strange = entries.filter(({ slug }) => !patterns.includes(slug))
  const twice = entries.filter(({ slug }, index) => listed.indexOf(slug) !== index)
  const apart = patterns.filter((slug) => !dependencies.includes(slug))
  return [
    ...missing.map((slug) =>
      finding(
        'README.md',
        1,
        1,
        `patterns/${slug} is not in the table of contents`,
        `link to patterns/${slug}/README.md`,
      ),
    ),
    ...strange.map(({ slug, line, column }) =>
      finding(
        'README.md',
        line,
        column,
        `the table of contents names patterns/${slug}, which is not a package`,
        'correct or remove the link',
      ),
    ),
    ...twice.map(({ slug, line, column }) =>
      finding(
        'README.md',
        line,
        column,
        `the table of contents names patterns/${slug} twice`,
        'remove one of the links',
      ),
    ),
    ...apart.map((slug) =>
      finding(
        `${WHOLE_GUIDE}/package.json`,
        1,
        1,
        `the guide does not depend on ${slug}, so turbo would not wait for it`,
        `add "${slug}": "*" to its dependencies and run npm install`,
      ),
    ),
  ]
}

function finding(file: string, line: number, column: number, message: string, fix: string): Finding {
  return { code: 'contents', severity: 'error', file, line, column, message, detail: [], fix }
}
