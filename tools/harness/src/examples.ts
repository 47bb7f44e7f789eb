import type { Example, Finding } from '@cookbook/guide'
import type { ExampleEvidence } from './evidence.ts'
import type { Verification } from './verification.ts'

/** The verdict of each example: verified when its source was exercised and nothing was found in it. */
export function judgeExamples(
  verification: Verification,
  built: boolean,
): { examples: ExampleEvidence[]; findings: Finding[] } {
  const { chapter } = verification.pkg
  const judged = chapter.examples.map((example) => {
    const source =
      example.source.region === null ? example.source.path : `${example.source.path}#${example.source.region}`
    const evidence = (verdict: ExampleEvidence['verdict']): ExampleEvidence => ({
      line: example.line,
      lang: example.lang,
      source,
      verdict,
    })
    if (verification.findings.some((finding) => concerns(finding, chapter.file, example)))
      return { evidence: evidence('failing'), finding: null }
    if (verification.exercised.has(example.source.path))
      return { evidence: evidence('verified'), finding: null }
    return {
      evidence: evidence(built ? 'unproved' : 'failing'),
      finding: built ? unproved(chapter.file, example, source) : null,
    }
  })
  return {
    examples: judged.map(({ evidence }) => evidence),
    findings: judged.flatMap(({ finding }) => finding ?? []),
  }
}

function concerns({ severity, file, line }: Finding, chapter: string, example: Example): boolean {
  const last = example.contentLine + example.text.split('\n').length
  return severity === 'error' && file === chapter && line >= example.line && line <= last
}

function unproved(file: string, { line, column }: Example, source: string): Finding {
  return {
    code: 'unproved',
    severity: 'error',
    file,
    line,
    column,
    message: `nothing exercised ${source}: no compiler read it and no program's output was compared with it`,
    detail: [],
    remedy: 'build it (Cargo.toml, build.rs), or let verify.test.ts run it: prints, rejects',
  }
}
