import { type Example, errorAt, type Finding, type PatternPackage, sourceOf } from '@cookbook/guide'

/** Why an example is left as it is, with both of its texts. */
export function bothVersions(pkg: PatternPackage, example: Example): Finding {
  return conflict(
    pkg,
    example,
    'both the chapter and the source changed since they last agreed: expected one of them to be as it was',
    'make the two equal by hand, or take one back with git, then: npm run sync',
  )
}

/** The same for an example that cannot stand in its source without changing what others show. */
export function overlaps(pkg: PatternPackage, example: Example): Finding {
  return conflict(
    pkg,
    example,
    'the example cannot be written into its source: other examples show the same lines, or it holds an anchor',
    'change the source by hand, then: npm run sync',
  )
}

function conflict(pkg: PatternPackage, example: Example, message: string, fix: string): Finding {
  const source = sourceOf(pkg, example)!
  const { file, line, column } = example
  const detail = [
    'the chapter has',
    ...example.text.split('\n').map((text) => `  ${text}`),
    `${pkg.files.get(example.source.path)!.file}:${source.firstLine} has`,
    ...source.text.split('\n').map((text) => `  ${text}`),
  ]
  return errorAt('conflict', { file, line, column }, message, fix, detail)
}
