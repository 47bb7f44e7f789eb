import {
  checkPackage,
  errorAt,
  type Finding,
  layoutFindings,
  noteSynced,
  type PatternPackage,
} from '@cookbook/guide'
import { check } from '../context/checks.ts'
import type { Verification } from '../context/verification.ts'
import { withNewerSide } from '../history/history.ts'

/** Registers the check of the chapter's text, which needs no compiler. */
export function checkChapter(verification: Verification): void {
  check(verification, 'the chapter is well formed, equals its sources and can be pasted', async () => {
    const { pkg } = verification
    const shown = new Set(pkg.chapter.examples.map(({ source }) => source.path))
    const layout = layoutFindings(pkg.root, pkg.slug, shown)
    const findings = [...layout, ...claimsNothing(pkg), ...(await withNewerSide(pkg, checkPackage(pkg)))]
    await noteSynced(pkg)
    return { findings }
  })
}

/** A chapter without a claim, or without their section, promises nothing that could be held against it. */
function claimsNothing({ chapter }: PatternPackage): Finding[] {
  if (chapter.findings.some(({ code }) => code === 'claim-heading')) return []
  if (chapter.claims.length > 0 && chapter.hasClaimsSection) return []
  const at = { file: chapter.file, line: 1, column: 1 }
  const what = chapter.claims.length > 0 ? 'has no section of its claims' : 'claims nothing'
  const message = `the chapter ${what}, expected a list under "What can go wrong"`
  const fix = 'write the section, each item with a link: [proved](tests/file.rs#test_name)'
  return [errorAt('claim-heading', at, message, fix)]
}
