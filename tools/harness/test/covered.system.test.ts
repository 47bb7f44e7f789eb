import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPackage, runFindings, shownLines } from '@cookbook/guide'
import { covered, findReaders, openToolchain, targetFolder } from '@cookbook/toolchain'
import { expect, onTestFinished, test, vi } from 'vitest'
import { badVariants } from '../fixtures/bad-variants.ts'
import { readCoverage } from '../src/coverage/read-coverage.ts'
import type { Change } from './case.ts'
import { apply, layBase } from './copy.ts'
import { verify } from './verify.ts'

/** Lines that no program runs, and one of C++ that only a program runs which then aborts. */
const change: Change = {
  adds: {
    ...badVariants.adds,
    'examples/bad.rs': badVariants.adds!['examples/bad.rs']!.replace(
      'std::process::abort();',
      'tally::count_words("1 2 3 4 5 6 7");\n            std::process::abort();',
    ),
  },
  edits: {
    ...badVariants.edits,
    'src/lib.rs': [
      ['    let longest =', '    if count > 9 {\n        panic!("too many");\n    }\n    let longest ='],
    ],
    'src/tally.cc': [
      [
        '  return count;',
        '  if (count == 7)\n    words.clear();\n  if (count == 8)\n    words.str("");\n  return count;',
      ],
    ],
  },
}

test('what never ran is reported, of Rust and of C++; what ran before an abort, a kill or a double free, is not', {
  timeout: 10 * 60_000,
}, async ({ skip }) => {
  vi.stubEnv('CXX', 'g++')
  const opened = await openToolchain(import.meta.dirname, 'host')
  if (opened.kind === 'unavailable') return skip(opened.problem)
  const readers = await findReaders(opened.toolchain, import.meta.dirname)
  if ('problem' in readers) return skip(readers.problem)

  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'covered ')))
  onTestFinished(() => rm(scratch, { recursive: true, force: true }))
  const copy = await layBase(join(scratch, 'base'))
  await apply(copy, change)
  const folder = join(scratch, 'seen')
  await mkdir(folder)
  const { passed, words } = await verify(copy, { COVERAGE_FOLDER: folder })
  expect(passed, words).toBe(true)

  const toolchain = await covered(copy.root, opened.toolchain, folder)
  const target = targetFolder(copy.root, toolchain, 'tally')
  const pkg = await readPackage(copy.root, copy.dir)
  const lines = shownLines(pkg, await readCoverage(pkg, toolchain, readers, { folder, target }))
  const reported = runFindings(pkg, lines).flatMap(({ detail }) => detail.map((line) => line.trim()))
  expect(reported.toSorted()).toEqual([
    'other => panic!("no such argument: {other:?}"),',
    'panic!("too many");',
    'words.str("");',
  ])
  const ran = new Set(lines.filter(({ state }) => state === 'ran').map(({ text }) => text.trim()))
  expect(ran).toContain('words.clear();')
  expect(ran).toContain('std::thread::park();')
  expect(ran).toContain('cxx_build::bridge("src/lib.rs")')
})
