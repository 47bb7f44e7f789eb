import { checkPackage, layoutFindings, noteAgreed, withNewerSide } from '@cookbook/guide'
import { check } from './checks.ts'
import type { Verification } from './verification.ts'

/** Registers the check of the chapter's text, which needs no compiler. */
export function checkChapter(verification: Verification): void {
  check(verification, 'the chapter is well formed, equals its sources and can be pasted', async () => {
    const { pkg } = verification
    const shown = new Set(pkg.chapter.examples.map(({ source }) => source.path))
    const layout = layoutFindings(pkg.root, pkg.slug, shown)
    const findings = [...layout, ...(await withNewerSide(pkg, checkPackage(pkg)))]
    await noteAgreed(pkg)
    return { findings }
  })
}
