import type { Example } from '../chapter/chapter.ts'
import type { Finding } from '../finding/finding.ts'
import type { PatternPackage, SourceFile } from '../package/pattern-package.ts'
import { sourceOf } from '../package/source.ts'
import { isAnchor } from '../text/region.ts'
import { linesMissing, linesOutOfOrder, linesTwice, notPasteable, notShown } from './problem-paste.ts'

/**
 * The paste test: a chapter's examples, pasted in order into the files that they name, give each file
 * of the contract, blank lines and anchor lines aside. `paths` are the files to look at.
 */
export function pasteTest(pkg: PatternPackage, paths: readonly string[] = pkg.contract): Finding[] {
  const examples = Map.groupBy(pkg.chapter.examples, ({ source }) => source.path)
  return paths.flatMap((path) => {
    const file = pkg.files.get(path)
    return file ? pasteFile(pkg, file, examples.get(path) ?? []) : []
  })
}

function pasteFile(pkg: PatternPackage, file: SourceFile, examples: readonly Example[]): Finding[] {
  const wanted = solid(file.text.lines)
  const pasted = examples.flatMap((example) => solid(example.text.split('\n')))
  const differs = wanted.findIndex((line, at) => line !== pasted[at])
  if (differs < 0 && pasted.length === wanted.length) return []
  if (examples.length === 0) return [notShown(pkg.chapter, file)]
  const found = byNumber(pkg, file, examples)
  return found.length > 0 ? found : [notPasteable(examples[0]!, wanted[differs] ?? null)]
}

const solid = (lines: readonly string[]) => lines.filter((line) => line.trim() !== '' && !isAnchor(line))

// Examples that are what their source is can be compared by line number, which says most. When one is
// not, nothing is found here.
function byNumber(pkg: PatternPackage, file: SourceFile, examples: readonly Example[]): Finding[] {
  const findings: Finding[] = []
  const shownBy = new Map<number, Example>()
  const filled = (line: number) => file.text.lines[line - 1]!.trim() !== ''
  let last = 0
  for (const example of examples) {
    const source = sourceOf(pkg, example)
    if (source?.text !== example.text) return []
    const lines = source.lines.filter(filled)
    const fresh = lines.filter((line) => !shownBy.has(line))
    const again = lines.filter((line) => shownBy.has(line))
    if (again.length > 0) findings.push(linesTwice(example, shownBy.get(again[0]!)!, file, again))
    else if (fresh.length > 0 && fresh[0]! < last) findings.push(linesOutOfOrder(example, file, fresh, last))
    for (const line of fresh) shownBy.set(line, example)
    last = Math.max(last, fresh.at(-1) ?? 0)
  }

  let near = examples[0]!
  let missing: number[] = []
  const report = () => {
    if (missing.length > 0) findings.push(linesMissing(near, file, missing))
    missing = []
  }
  for (const line of file.regions.whole.lines.filter(filled)) {
    const example = shownBy.get(line)
    if (!example) missing.push(line)
    else {
      report()
      near = example
    }
  }
  report()
  return findings
}
