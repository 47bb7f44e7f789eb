import type { Evidence } from '@cookbook/evidence'
import type { Finding } from '@cookbook/guide'
import type { ChapterResult, RunResult } from '../src/result.ts'

/** Runs as reports get them, for tests. */

export const drift: Finding = {
  code: 'drift',
  severity: 'error',
  file: 'patterns/stream/README.md',
  line: 41,
  column: 5,
  message: 'the example differs from src/lib.rs#stream at its line 3',
  detail: ['chapter  let (tx, rx) = mpsc::channel(8);', 'source   let (sender, events) = mpsc::channel(8);'],
  fix: 'take the source: npm run sync',
}

/** Text that terminals, CI servers and browsers obey, in every place that an example can write to. */
export const hostile: Finding = {
  code: 'wrong-output',
  severity: 'error',
  file: 'patterns/stream/README.md',
  line: 7,
  column: 1,
  message: '::stop-commands::wool\u001b[2J<img src=x onerror=alert(1)>',
  detail: [
    '::set-output name=token::sheep',
    '  ::error file=a.rs::not ours',
    '##[error]not ours ##vso[task.setvariable]no',
    '\u001b]0;title\u0007\r::add-mask::a',
    '</code></li></ul><script>alert(1)</script> | `code` **bold** [link](https://example.com)',
    '',
    'x'.repeat(1024 * 1024),
  ],
  fix: 'fix it %0A::warning::not ours',
}

export function chapter(slug: string, more: Partial<Evidence> = {}, cached = false): ChapterResult {
  const evidence: Evidence = {
    version: 3,
    date: '2026-11-29T00:00:00.000Z',
    pattern: slug,
    chapter: { file: `patterns/${slug}/README.md`, title: slug },
    toolchain: { kind: 'host', id: '0123456789abcdef', tools: [] },
    digest: '',
    turboHash: null,
    durationMs: 2_440,
    examples: [
      { line: 3, lang: 'rust', source: 'src/lib.rs', verdict: 'verified' },
      { line: 9, lang: 'text', source: 'expected/out.txt', verdict: 'verified' },
    ],
    claims: [{ line: 20, text: 'It ends.', test: 'tests/end.rs#it_ends', verdict: 'proved' }],
    checks: [],
    commands: [],
    findings: [],
    ...more,
  }
  return { slug, evidence, cached }
}

export function run(chapters: readonly ChapterResult[], more: Partial<RunResult> = {}): RunResult {
  return { chapters, findings: [], durationMs: 31_240, passed: true, ...more }
}
