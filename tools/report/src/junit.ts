import type { Evidence } from '@cookbook/evidence'
import { escapeOutput, type Finding, showFinding } from '@cookbook/guide'
import { type JUnitCase, type JUnitSuite, junitDocument } from './formats/index.ts'
import type { ChapterResult, RunResult } from './result.ts'

/** A test case; `why` is what a failed or skipped one says. */
type Case = { name: string; result: 'passed' | 'failed' | 'skipped'; why: string; durationMs: number }
type Suite = { name: string; cases: readonly Case[]; findings: readonly Finding[]; durationMs: number }

/**
 * A run as JUnit XML: a suite a chapter, a case for each example, claim and check, and one more for the guide as a
 * whole. What was found stands in the first case that fails; a suite with errors has at least one.
 */
export function junit(run: RunResult): string {
  const whole: Suite = { name: 'guide', cases: [], findings: run.findings, durationMs: run.durationMs }
  return junitDocument(
    'cookbook verify',
    [...run.chapters.map(ofChapter), whole].map(suiteOf),
    run.durationMs,
    harmless,
  )
}

function harmless(text: string): string {
  return escapeOutput(text.toWellFormed()).replace(/[\ufffe\uffff]/g, '\ufffd')
}

function ofChapter({ slug, evidence }: ChapterResult): Suite {
  if (evidence === null) {
    const why = 'the runner exited before writing its results'
    return {
      name: slug,
      cases: [{ name: slug, result: 'failed', why, durationMs: 0 }],
      findings: [],
      durationMs: 0,
    }
  }
  const { findings, durationMs } = evidence
  return { name: slug, cases: casesOf(evidence), findings, durationMs }
}

type Verdict = Evidence['examples'][number]['verdict'] | Evidence['claims'][number]['verdict']

/** A record, so that no verdict can be forgotten here. */
const RESULTS: Record<Verdict, Case['result']> = {
  verified: 'passed',
  proved: 'passed',
  skipped: 'skipped',
  failing: 'failed',
  unproved: 'failed',
}

function casesOf({ chapter: { file }, examples, claims, checks }: Evidence): Case[] {
  const stated = (name: string, verdict: Verdict): Case => ({
    name,
    result: RESULTS[verdict],
    why: verdict,
    durationMs: 0,
  })
  return [
    ...examples.map(({ line, source, verdict }) => stated(`${file}:${line} example ${source}`, verdict)),
    ...claims.map(({ line, test, verdict }) => stated(`${file}:${line} claim ${test}`, verdict)),
    ...checks.map(({ name, result, reason, durationMs }) => ({
      name,
      result,
      why: reason ?? result,
      durationMs,
    })),
  ]
}

function suiteOf({ name, cases, findings, durationMs }: Suite): JUnitSuite {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const lacking = errors.length > 0 && cases.every(({ result }) => result !== 'failed')
  const extra: Case = {
    name: 'findings',
    result: errors.length > 0 ? 'failed' : 'passed',
    why: 'failed',
    durationMs: 0,
  }
  const all = lacking || cases.length === 0 ? [...cases, extra] : cases
  const first = all.find(({ result }) => result === 'failed')
  const reported = errors.map(showFinding).join('\n\n')
  const caseOf = (one: Case): JUnitCase => {
    const text = one === first ? reported : ''
    const problems = one.result === 'failed' ? [{ kind: 'failure' as const, message: one.why, text }] : []
    const skipped = one.result === 'skipped' ? one.why : null
    return { name: one.name, classname: name, durationMs: one.durationMs, problems, skipped }
  }
  return { name, cases: all.map(caseOf), durationMs }
}
