import type { Example } from '../chapter/chapter.ts'
import { atSource } from '../chapter/problem.ts'
import { errorAt } from '../finding/error-at.ts'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import type { RegionProblem } from '../text/region.ts'
import type { SourceFile } from './pattern-package.ts'

export const noChapter = (file: string): Finding =>
  errorAt(
    'file-not-found',
    { file, line: 1, column: 1 },
    'the package has no README.md: expected its chapter there',
    `write ${file}`,
  )

export const fileNotFound = (example: Example): Finding =>
  errorAt(
    'file-not-found',
    atSource(example),
    `the package has no file ${example.source.path}: expected the source of this example`,
    'name a file by its path from the package’s folder',
  )

export const strayLink = (file: string): Finding =>
  errorAt(
    'file-not-found',
    { file, line: 1, column: 1 },
    'this link leads to no file: expected a source file of the package',
    'replace the link with the file',
  )

export const outsidePackage = (at: SourceLocation, path: string): Finding =>
  errorAt(
    'outside-package',
    at,
    `${path} leads out of the package: expected a path that stays inside its folder, links included`,
    'copy the file into the package, and name it by its path from the package’s folder',
  )

export const regionMissing = (example: Example, { file, regions }: SourceFile): Finding => {
  const names = [...regions.regions.keys()]
  return errorAt(
    'region-missing',
    atSource(example),
    example.source.region === ''
      ? `no region is named after #: expected one of ${file}`
      : `${file} has no region ${example.source.region}: expected its ANCHOR and ANCHOR_END there`,
    names.length > 0
      ? `name one of its regions: ${names.join(', ')}`
      : 'mark the region, or show the whole file',
  )
}

/** A region that cannot be shown; the finding stands at the anchor, in the source file. */
export function badRegion(file: string, problem: RegionProblem): Finding {
  const { name, line, column } = problem
  const at = { file, line, column }
  switch (problem.kind) {
    case 'twice':
      return errorAt(
        'region-twice',
        at,
        `the region ${name} was opened at line ${problem.first} already: expected one region of a name in a file`,
        'give one of the two another name',
      )
    case 'unclosed':
      return errorAt(
        'region-unclosed',
        at,
        `the region ${name} is never closed: expected ANCHOR_END: ${name} below`,
        `end the region with a comment line ANCHOR_END: ${name}`,
      )
    case 'unopened':
      return errorAt(
        'region-unopened',
        at,
        `the region ${name} ends here and is not open: expected ANCHOR: ${name} above`,
        `begin the region with a comment line ANCHOR: ${name}, or remove this line`,
      )
    case 'empty':
      return errorAt(
        'region-empty',
        at,
        `the region ${name} is empty: expected lines to show`,
        'move its anchors around the lines, or remove them',
      )
  }
}
