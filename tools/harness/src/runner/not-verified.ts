import type { Finding } from '@cookbook/guide'
import type { MissingNeed } from '@cookbook/toolchain'
import { check } from '../context/checks.ts'
import type { Verification } from '../context/verification.ts'
import type { Pattern } from '../verbs/verbs.ts'
import { checkChapter } from './check-chapter.ts'

/**
 * The runner of a pattern that needs something which this machine lacks: the chapter's text is checked, and every
 * other check is skipped with what is missing as its reason.
 */
export function notVerified(verification: Verification): Pattern {
  const { pkg, toolchain, recorder } = verification
  const reason = toolchain.missing.map(({ problem }) => problem).join('; ')
  const skip = (key: string) => check(verification, key, async () => ({ skipped: reason }))
  recorder.find(toolchain.missing.map((missing) => notVerifiedFinding(pkg.slug, missing)))
  checkChapter(verification)
  return {
    prints: (program, expected) => skip(`${program} prints ${expected}`),
    proves: skip,
    withstands: skip,
    scripts: skip,
    rejects: skip,
    fails: (claim) => skip(`verify.test.ts#${claim}`),
    survives: (memoryTool) => skip(`verify.test.ts#${memoryTool}`),
    passes: (claim) => skip(`verify.test.ts#${claim}`),
  }
}

/** A warning: a chapter that could not be verified here is neither proved nor wrong. */
export function notVerifiedFinding(slug: string, { problem, fix }: MissingNeed): Finding {
  return {
    code: 'not-verified',
    severity: 'warning',
    file: `patterns/${slug}/README.md`,
    line: 1,
    column: 1,
    message: `${slug} is not verified here: ${problem}`,
    detail: [],
    fix: `${fix}; or: TOOLCHAIN=docker npm run verify, which needs nothing but Docker`,
  }
}
