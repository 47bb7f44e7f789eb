import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryFolders } from '@cookbook/guide/library'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckout, openSmallCheckout } from '../checkout/checkout.ts'
import { edit, editShown } from '../checkout/edit.ts'
import { type Run, verify } from '../checkout/run.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())

const BOTH: Run['patterns'] = { ebb: 'executed', flood: 'executed' }
const ONLY_EBB: Run['patterns'] = { ebb: 'executed', flood: 'cached' }
const NONE: Run['patterns'] = { ebb: 'cached', flood: 'cached' }

/** What no runner runs. */
const NOT_ASKED = [
  'tools/report/src/terminal.ts',
  'tools/cli/src/main.ts',
  'tools/harness/test/case.ts',
  'tools/diagnostics/src/dep-info.test.ts',
  'tools/toolchain/src/process/tail.test.ts',
  'whole-guide/verify.ts',
]

/** Appends a line to a file, runs, and puts the file back. */
async function withLine(path: string, line: string, options = {}): Promise<Run> {
  const whole = readFileSync(join(small.root, path), 'utf8')
  const fix = edit(join(small.root, path), whole, `${whole}${line}\n`)
  const run = await verify(small, options)
  fix()
  return run
}

describe('what makes a result of the cache worthless', () => {
  beforeAll(async () => {
    const first = await verify(small)
    expect(first, first.said).toMatchObject({ passed: true, patterns: BOTH })
  })

  test('a C++ header: one pattern is executed, and red as it should be', async () => {
    const fix = editShown(join(small.root, 'patterns/ebb'), 'include/ebb.h', '210', '215')
    const run = await verify(small)
    fix()
    expect(run, run.said).toMatchObject({ passed: false, patterns: ONLY_EBB })
    expect(run.said).toContain('wrong-output')
  })

  test('an expected file: one pattern is executed, and red as it should be', async () => {
    const fix = editShown(join(small.root, 'patterns/ebb'), 'expected/ebb.txt', '240', '241')
    const run = await verify(small)
    fix()
    expect(run, run.said).toMatchObject({ passed: false, patterns: ONLY_EBB })
    expect(run.said).toContain('wrong-output')
  })

  test.each([
    ['its runner', 'patterns/ebb/verify.test.ts', '// Another line.'],
    ['the prose of its chapter', 'patterns/ebb/README.md', 'Another line.'],
  ])('%s: one pattern is executed', async (_, path, line) => {
    const run = await withLine(path, line)
    expect(run, run.said).toMatchObject({ passed: true, patterns: ONLY_EBB })
  })

  test.each([
    ['Cargo.lock', '# Another line.'],
    ['tools/guide/src/index.ts', '// Another line.'],
    ['tools/harness/src/context/messages.ts', '// Another line.'],
    ['tools/toolchain/src/probe/messages.ts', '// Another line.'],
  ])('%s: every pattern is executed', async (path, line) => {
    const run = await withLine(path, line)
    expect(run, run.said).toMatchObject({ passed: true, patterns: BOTH })
  })

  test('the report, the command line, the guide as a whole and the tests of tools: none is executed', async () => {
    for (const path of NOT_ASKED) {
      const file = join(small.root, path)
      writeFileSync(file, `${readFileSync(file, 'utf8')}// Another line.\n`)
    }
    const run = await verify(small, { door: 'npm run verify' })
    expect(run, run.said).toMatchObject({ passed: true, patterns: NONE })
  })
})

test("every file of the guide's own patterns is hashed, and so are the lock, the manifest and the toolchain", () => {
  using real = openCheckout()
  const said = execFileSync(join(real.root, 'node_modules/.bin/turbo'), ['run', 'verify', '--dry=json'], {
    cwd: real.root,
    encoding: 'utf8',
  })
  const tasks: Task[] = JSON.parse(said).tasks
  const patterns = tasks.filter(
    ({ task, directory }) => task === 'verify' && directory.startsWith('patterns/'),
  )
  expect(patterns.length).toBeGreaterThan(0)
  const crates = execFileSync('git', ['ls-files', ...libraryFolders(real.root)], {
    cwd: real.root,
    encoding: 'utf8',
  })
  const library = crates
    .trim()
    .split('\n')
    .map((path) => `../../${path}`)
  for (const { directory, inputs, hashReason } of patterns) {
    const files = execFileSync('git', ['ls-files'], { cwd: join(real.root, directory), encoding: 'utf8' })
    const wanted = [...files.trim().split('\n'), '../../Cargo.lock', '../../Cargo.toml', ...library]
    expect(Object.keys(inputs).sort(), directory).toEqual(wanted.sort())
    expect(hashReason, `${directory}: at-hand.json is hashed after the probe`).toMatch(/JIT/)
  }
})

type Task = { task: string; directory: string; inputs: Record<string, string>; hashReason?: string }
