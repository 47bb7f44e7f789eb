import type { Outcome } from '@cookbook/toolchain'
import { describe, expect, test } from 'vitest'
import { cargoProblems } from '../src/build/cargo-problem.ts'
import { programOf } from '../src/build/program-of.ts'
import { blamedBy } from '../src/build/run.ts'
import { reported } from '../src/build/sanitize.ts'
import { testRun, tests } from '../src/build/tests.ts'
import { bridgeProblems, cxxProblems, rustProblems } from '../src/diagnostic/project-diagnostic.ts'
import { readPage } from '../src/document/markdown/page.ts'
import { annotations } from '../src/format/annotations.ts'
import { reportOf } from '../src/format/finding/report.ts'
import { render } from '../src/format/report-audit.ts'
import { checkOutput, outputShown } from '../src/judge/output.ts'
import { assignPaths } from '../src/placement/assign-paths.ts'
import { snapshotsOf } from '../src/placement/snapshot.ts'
import { assemble } from '../src/project/assemble.ts'
import { undefinedSymbols } from '../src/project/where.ts'
import { sectionNames } from '../src/section.ts'
import { readBlocks } from '../src/snippet/snippet.ts'
import { growth, PAGE, type Reads } from './growth.ts'
import { hostileOutput } from './hostile-output.ts'
import { hostilePages } from './hostile-text.ts'

/** `npm run fuzz` fills every kind of page with everything, `npm test` one kind with each. */
const isLong = process.env.FUZZ_DOCUMENTS !== undefined

const MOST = isLong ? PAGE : PAGE / 4
const PAGES = hostilePages().flatMap((kinds, at) => (isLong ? kinds : [kinds[at % kinds.length]!]))
const LIMIT_MS = 1_200_000

const readAll: Reads = (text) => {
  const { page } = readPage(text, 'guide.md')
  const snippets = readBlocks(page.blocks).flatMap((read) => (read.kind === 'snippets' ? read.snippets : []))
  const snapshots = snapshotsOf(assignPaths(snippets))
  sectionNames(snapshots, page.blocks)
  for (const snippet of snippets) tests(snippet)
  for (const [at, block] of page.blocks.entries())
    outputShown(block, page.blocks[at - 1] ?? null, { command: 'cargo run', stdout: text })
}

test('a page is read in a time that grows with its length, whatever it is made of', {
  timeout: LIMIT_MS,
}, () => {
  // What is compiled first is compiled for all.
  for (const [, hostile] of PAGES.slice(0, 20)) readAll(hostile(PAGE / 64))
  const slow = PAGES.flatMap(([name, hostile]) => {
    const found = growth(readAll, hostile, MOST)
    return found === null ? [] : [`${name}: ${found}`]
  })
  expect(slow).toEqual([])
})

const outcome = (stderr: string): Outcome => ({
  ...{ kind: 'exited', code: 1, stdout: stderr, stderr },
  ...{ truncated: false, durationMs: 1 },
})
const project = assemble({ subjects: [], snippets: [], reserve: [] }, new Map())
project.files.set('Cargo.toml', [])
const bench = {
  ...{ dir: '/guide/package', target: '/guide/target', room: { folder: '/guide' } },
} as Parameters<typeof reported>[0]
const shown = [{ text: 'a', at: { file: 'guide.md', line: 2, column: 1 }, hidden: false }]
const block = readPage('~~~\na\n~~~', 'guide.md').page.blocks[0]!
const run = {
  command: 'cargo run',
  ending: 'ended with exit code 0',
  stderr: '',
  steady: true,
  durationMs: 1,
}

const PARSERS: Record<string, Reads> = {
  'errors of rustc': rustProblems,
  'errors of a C++ compiler': (text) => cxxProblems(text, (path) => !path.startsWith('/')),
  'errors of the bridge': (text) => bridgeProblems(text, 'src/lib.rs'),
  'errors of cargo': (text) => cargoProblems(outcome(text), project),
  'symbols that a linker lacks': (text) =>
    undefinedSymbols({
      ...{ tool: 'linker', path: '', line: 1, column: 1, code: null },
      ...{ message: text, detail: [], notes: [text], suggestions: [] },
    }),
  'what cargo has made': (text) => programOf(text, 'guide'),
  'where a program ended': (text) => blamedBy(text, '/guide/package'),
  'what tests print': (text) => testRun(outcome(text)),
  'what a sanitizer reports': (text) => reported(bench, text),
  'what a program prints': (text) => checkOutput(block, shown, { ...run, stdout: text }),
}

describe.each(Object.entries(PARSERS))('%s', (_, reads) => {
  test('are read in a time that grows with the output, whatever it is', { timeout: LIMIT_MS }, () => {
    const slow = hostileOutput().flatMap(([name, hostile]) => {
      const found = growth(reads, hostile, PAGE)
      return found === null ? [] : [`${name}: ${found}`]
    })
    expect(slow).toEqual([])
  })
})

/** For seven formats, each of which tells of the same words in many places. */
const FORMATS_MS = 4_000

test('every format tells of hostile words in a time that grows with them', { timeout: LIMIT_MS }, () => {
  const words = isLong ? [...hostileOutput(), ...PAGES] : hostileOutput().slice(0, 60)
  const slow = words.flatMap(([name, hostile]) => {
    const found = growth(tellAll, hostile, PAGE / 16, FORMATS_MS)
    return found === null ? [] : [`${name}: ${found}`]
  })
  expect(slow).toEqual([])
})

const tellAll: Reads = (text) => {
  const place = { file: text.slice(0, 300), line: 1, column: 1 }
  const trouble = { ...place, message: text, detail: [text] }
  const group = { name: text, run: { ...run, stdout: text }, cached: false, durationMs: 1, kept: null }
  const reported = { ...place, lang: text, group: text, path: text, verdict: 'fails', reason: text } as const
  const verdict = { ...reported, help: [], error: trouble, asTold: false, asSeen: null }
  const audit = {
    ...{
      toolchain: 'host',
      blocks: [verdict],
      groups: [group],
      lints: [],
      troubles: [trouble],
      durationMs: 1,
    },
  }
  const report = reportOf(audit, [], new Set(['error'] as const), null)
  for (const format of ['text', 'json', 'sarif', 'junit', 'markdown'] as const) render(format, report, false)
  annotations(report)
}
