import type { ExampleEvidence } from '@cookbook/evidence'
import { type Example, errorAt, type Finding } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'

/** The verdict of each example: verified when its source was exercised and nothing was found in it. */
export function judgeExamples(
  { pkg, built, recorder, toolchain }: Verification,
  findings: readonly Finding[],
): {
  examples: ExampleEvidence[]
  findings: Finding[]
} {
  const { chapter } = pkg
  const { exercised, attempted } = recorder.recorded
  const judged = chapter.examples.map((example) => {
    const source =
      example.source.region === null ? example.source.path : `${example.source.path}#${example.source.region}`
    const evidence = (verdict: ExampleEvidence['verdict']): ExampleEvidence => ({
      line: example.line,
      lang: example.lang,
      source,
      verdict,
    })
    if (findings.some((finding) => concerns(finding, chapter.file, example)))
      return { evidence: evidence('failing'), finding: null }
    if (toolchain.missing.length > 0) return { evidence: evidence('skipped'), finding: null }
    if (exercised.has(example.source.path)) return { evidence: evidence('verified'), finding: null }
    // Why it was not built, or what its check found, is said already.
    if (!built || attempted.has(example.source.path)) return { evidence: evidence('failing'), finding: null }
    return { evidence: evidence('unproved'), finding: unproved(chapter.file, example, source) }
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

function unproved(file: string, { line, column, source: { path } }: Example, source: string): Finding {
  return errorAt(
    'unproved',
    { file, line, column },
    `nothing exercised ${source}: no compiler read it and no program's output was compared with it`,
    fixFor(path),
  )
}

function fixFor(path: string): string {
  const name = path.split('/').at(-1)!
  if (/\.(?:cc|cpp|cxx|c)$/.test(path))
    return `let a compiler read it: .file("${path}") in build.rs, or a target of CMakeLists.txt`
  if (/\.(?:h|hh|hpp)$/.test(path))
    return `include it from a C++ file that is compiled: #include ".../${name}"`
  if (path.endsWith('.rs'))
    return `declare it with mod, or make it a target of Cargo.toml; one that must not compile: rejects('${path}', ...)`
  return `compare a program's output with it in verify.test.ts: prints('<program>', '${path}')`
}
