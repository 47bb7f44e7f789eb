import { checkPackage, noteAgreed, withNewerSide } from '@cookbook/guide'
import { check } from './checks.ts'
import type { Verification } from './verification.ts'

/** Registers the check of the chapter's text, which needs no compiler. */
export function checkChapter(verification: Verification): void {
  check(verification, 'the chapter is well formed, equals its sources and can be pasted', async () => {
    const { pkg } = verification
    const findings = await withNewerSide(pkg, checkPackage(pkg))
    await noteAgreed(pkg)
    return { findings }
  })
}
