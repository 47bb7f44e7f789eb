import { byPlace } from '../chapter/order.ts'
import { atSource, claimTargetMissing } from '../chapter/problem.ts'
import type { Finding } from '../finding/finding.ts'
import type { PatternPackage } from '../package/pattern-package.ts'
import { fileNotFound, outsidePackage, regionMissing } from '../package/problem-source.ts'
import { lacksRegion, sourceOf } from '../package/source.ts'
import { drift } from './drift.ts'
import { pasteTest } from './paste.ts'

/**
 * All that can be said of a package without a compiler: malformed blocks, broken sources, drift, claims
 * that lead nowhere, and the paste test. Sorted by place. A file whose examples are broken or drift is
 * left out of the paste test, which would say the same again.
 */
export function checkPackage(pkg: PatternPackage): Finding[] {
  const { chapter } = pkg
  const findings = [...chapter.findings, ...pkg.findings]
  const unsettled = new Set<string>()
  for (const example of chapter.examples) {
    const { path } = example.source
    const absent = pkg.absent.get(path)
    if (absent === 'missing') findings.push(fileNotFound(example))
    if (absent === 'outside') findings.push(outsidePackage(atSource(example), path))
    if (lacksRegion(pkg, example)) findings.push(regionMissing(example, pkg.files.get(path)!))
    const source = sourceOf(pkg, example)
    const found = source && example.text.trim() !== '' ? drift(example, source) : null
    if (found) findings.push(found)
    if (found || !source || example.text.trim() === '') unsettled.add(path)
  }
  for (const claim of chapter.claims) {
    const known = pkg.files.has(claim.file) || pkg.absent.get(claim.file) === 'invalid'
    if (!known) findings.push(claimTargetMissing(chapter, claim))
  }
  // What a fence or a comment swallowed cannot be missed as well.
  const swallowed = findings.some(({ code }) => code === 'unclosed-fence' || code === 'unclosed-comment')
  const settled = swallowed ? [] : pkg.contract.filter((path) => !unsettled.has(path))
  return [...findings, ...pasteTest(pkg, settled)].sort(byPlace)
}
