import type { ClaimEvidence } from '@cookbook/evidence'
import { type Claim, errorAt, type Finding } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'

/** What became of each claim in this verification: its test must exist, must have run and must have passed. */
export function judgeClaims(verification: Verification): { claims: ClaimEvidence[]; findings: Finding[] } {
  const judged = verification.pkg.chapter.claims.map((claim) => judge(verification, claim))
  return {
    claims: judged.map(({ evidence }) => evidence),
    findings: judged.flatMap(({ finding }) => finding ?? []),
  }
}

function judge(
  { recorder: { recorded }, pkg, built, toolchain }: Verification,
  claim: Claim,
): { evidence: ClaimEvidence; finding: Finding | null } {
  const test = claim.name === null ? claim.file : `${claim.file}#${claim.name}`
  const check = recorded.checks.get(test)
  const evidence = (verdict: ClaimEvidence['verdict']): ClaimEvidence => ({
    line: claim.line,
    text: claim.text,
    test,
    verdict,
  })
  if (toolchain.missing.length > 0) return { evidence: evidence('skipped'), finding: null }
  // What was not built could not run, and why is said already.
  if (!built && check?.result !== 'passed' && check?.result !== 'failed')
    return { evidence: evidence('unproved'), finding: null }
  if (check === undefined) {
    const fix = `name a test that the runner runs: ${nearby([...recorded.checks.keys()], claim.file)}`
    return {
      evidence: evidence('unproved'),
      finding: unproved(pkg.chapter.file, claim, `no test named ${test} ran`, fix),
    }
  }
  if (check.result === 'skipped') return { evidence: evidence('skipped'), finding: null }
  if (check.result === 'passed') return { evidence: evidence('proved'), finding: null }
  return {
    evidence: evidence('failing'),
    finding: unproved(
      pkg.chapter.file,
      claim,
      `its test ${test} failed`,
      'fix what the test found, or the claim',
    ),
  }
}

function unproved(file: string, { line, column, text }: Claim, message: string, fix: string): Finding {
  return errorAt('claim-unproved', { file, line, column }, `the claim is not proved: ${message}`, fix, [text])
}

/** The tests of the same file, else all that a claim can link to. */
function nearby(names: readonly string[], file: string): string {
  const same = names.filter((name) => name.startsWith(`${file}#`))
  const any = names.filter((name) => name.includes('#') || name.endsWith('.rs'))
  return (same.length > 0 ? same : any).slice(0, 12).join(', ')
}
