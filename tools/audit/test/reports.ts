import type { Block, Page } from '../src/document/block.ts'
import type { Baseline } from '../src/format/finding/baseline.ts'
import { readFailOn } from '../src/format/finding/fail-on.ts'
import { type Report, reportOf } from '../src/format/finding/report.ts'
import type { Audit, BlockVerdict, Help, Lint, PageDiagnostic } from '../src/verdict.ts'

/** Audits as formats get them, for tests. */

/** Text that terminals, CI servers, XML, Markdown and browsers obey. */
export const HOSTILE = [
  '::stop-commands::wool',
  '::error file=a.rs::not ours',
  '##[error]not ours ##vso[task.setvariable variable=a]no',
  '\u001b]0;title\u0007\u001b[2J\r::add-mask::a\u009b31m',
  ']]></failure></testcase><!-- & <script>alert(1)</script> | `code` **bold** ![i](https://example.com/a.png)',
  '```',
  '',
  '# a heading, @everyone #1',
  '\ufffe\uffff\ud800 \u202etxt.exe\u202c',
].join('\n')

const LONG = `let sheep = "${'wool '.repeat(200_000)}";`

export function block(file: string, line: number, lang: string, text: string): Block {
  const lines = text.split('\n').map((text, index) => ({
    text,
    at: { file, line: line + 1 + index, column: 1 },
    hidden: false,
  }))
  const base = { attributes: [], headings: [], before: '', after: '' }
  return { file, line, column: 1, endLine: line + 1 + lines.length, lang, lines, ...base }
}

export function verdictOf(
  file: string,
  line: number,
  lang: string,
  verdict: BlockVerdict['verdict'],
  more: Partial<BlockVerdict> = {},
): BlockVerdict {
  const base = { group: null, path: null, help: [], error: null, asTold: false, asSeen: null }
  return { file, line, lang, verdict, reason: 'it builds as it is', ...base, ...more }
}

const help = (kind: Help['kind'], text: string, added: string, file: string): Help => ({
  kind,
  text,
  added,
  file,
})
const vector = help(
  'header',
  'add `#include <vector>` to include/herd.h',
  '#include <vector>',
  'include/herd.h',
)
const main = help('main', 'add a `main` to src/main.rs', 'fn main() {}', 'src/main.rs')

const GUIDE = 'docs/herd.md'
const HOSTILE_GUIDE = 'docs/wolf %0A::x, y.md'

export const pages: readonly Page[] = [
  {
    file: GUIDE,
    title: 'A herd',
    blocks: [
      block(GUIDE, 10, 'rust', 'fn main() {\n    println!("{}", herd::count());\n}'),
      block(GUIDE, 20, 'cpp', 'std::vector<int> herd();'),
      block(GUIDE, 30, 'rust', 'pub fn count() -> usize {\n\tlet näme: u32 = "sheep"; // 🐑 12\n    0\n}'),
      block(GUIDE, 40, 'rust', 'let moved = herd; herd.len();'),
      block(GUIDE, 50, 'cpp', 'std::thread([&] { graze(); }).detach();'),
      block(GUIDE, 60, '', '...'),
      block(GUIDE, 70, 'console', '$ cargo run'),
    ],
  },
  { file: HOSTILE_GUIDE, title: HOSTILE, blocks: [block(HOSTILE_GUIDE, 5, HOSTILE, `${HOSTILE}\n${LONG}`)] },
]

const mismatched: PageDiagnostic = {
  file: GUIDE,
  line: 32,
  column: 18,
  message: 'rustc[E0308]: mismatched types',
  detail: ['expected `u32`, found `&str`', 'because of src/lib.rs:2:17'],
}

const wolf: PageDiagnostic = {
  file: HOSTILE_GUIDE,
  line: 15,
  column: 500_000,
  message: HOSTILE,
  detail: [HOSTILE, LONG],
}

export const detached: Lint = {
  file: GUIDE,
  line: 51,
  column: 31,
  rule: 'detached-thread',
  sureness: 'likely',
  message: 'this thread is detached, and nothing waits for it',
  detail: [],
  why: 'It may outlive what it borrows.',
  chapter: 'patterns/pitfalls/README.md',
}

const group = { run: null, cached: false, durationMs: 1_200, kept: null }

export const rich: Audit = {
  toolchain: '0123456789abcdef',
  durationMs: 31_240,
  blocks: [
    verdictOf(GUIDE, 10, 'rust', 'runs', {
      group: 'Counting',
      path: 'src/main.rs',
      asSeen: { verdict: 'builds with help', reason: main.text, help: [main] },
    }),
    verdictOf(GUIDE, 20, 'cpp', 'builds with help', {
      group: 'Counting',
      path: 'include/herd.h',
      help: [
        vector,
        help('include path', 'put include/ on the include path', '.include("include")', 'build.rs'),
      ],
    }),
    verdictOf(GUIDE, 30, 'rust', 'fails', {
      group: 'Counting',
      path: 'src/lib.rs',
      reason: mismatched.message,
      error: mismatched,
    }),
    verdictOf(GUIDE, 40, 'rust', 'fails', {
      group: 'Moving',
      path: 'src/lib.rs',
      reason: 'as the guide says: rustc[E0382]: borrow of moved value: `herd`',
      asTold: true,
    }),
    verdictOf(GUIDE, 50, 'cpp', 'builds', { group: 'Moving', path: 'src/graze.cc' }),
    verdictOf(GUIDE, 60, '', 'fragment', { reason: 'too little to be tried' }),
    verdictOf(GUIDE, 70, 'console', 'not code', { reason: 'a console session' }),
    verdictOf(HOSTILE_GUIDE, 5, HOSTILE, 'fails', {
      group: HOSTILE,
      path: HOSTILE,
      reason: HOSTILE,
      help: [help('stub', HOSTILE, HOSTILE, HOSTILE)],
      error: wolf,
    }),
  ],
  groups: [
    {
      ...group,
      name: 'Counting',
      kept: 'target/kept/counting',
      run: {
        command: 'cargo run',
        ending: 'exited with code 0',
        stdout: '12 sheep\n',
        stderr: '',
        steady: true,
        durationMs: 80,
      },
    },
    { ...group, name: 'Moving', cached: true },
    {
      ...group,
      name: HOSTILE,
      run: {
        command: HOSTILE,
        ending: HOSTILE,
        stdout: `${HOSTILE}\n${LONG}`,
        stderr: LONG,
        steady: false,
        durationMs: 10_000,
      },
    },
  ],
  lints: [
    detached,
    { ...detached, ...wolf, rule: 'result-lost', sureness: 'possible', why: HOSTILE, chapter: HOSTILE },
  ],
  troubles: [{ file: 'docs/lost.md', line: 1, column: 1, message: 'there is no such file', detail: [] }],
}

/** A report of `audit`, judged by --fail-on `failOn`. */
export function report(audit: Audit = rich, failOn = 'error', baseline: Baseline | null = null): Report {
  const read = readFailOn(failOn)
  if (read.kind === 'refused') throw new Error(read.problem)
  return reportOf(audit, pages, read.failOn, baseline)
}

/** An audit in which nothing is wrong. */
export const good: Audit = {
  ...rich,
  blocks: rich.blocks.slice(4, 7),
  groups: rich.groups.slice(1, 2),
  lints: [],
  troubles: [],
}

export const empty: Audit = { ...good, blocks: [], groups: [] }
