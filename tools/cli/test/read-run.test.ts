import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealed } from '@cookbook/evidence/seal'
import type { Finding } from '@cookbook/guide'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { observed } from '../../evidence/test/observed.ts'
import { evidenceFiles } from '../src/verify/evidence-files.ts'
import { readRun } from '../src/verify/read-run.ts'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-read-run-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const dir of ['patterns/fetch', 'whole-guide']) mkdirSync(join(root, dir), { recursive: true })
  const script = 'vitest run --config ../../tools/harness/vitest.config.ts'
  writeFileSync(join(root, 'patterns/fetch/package.json'), JSON.stringify({ scripts: { verify: script } }))
})

const DRIFT: Finding = {
  code: 'drift',
  severity: 'error',
  file: 'patterns/fetch/README.md',
  line: 1,
  column: 1,
  message: '',
  detail: [],
  fix: '',
}

/** Evidence as place() writes it: a file of its own, put in the place of the one before. */
function write(findings: readonly Finding[]): void {
  rmSync(join(root, 'patterns/fetch/evidence.json'), { force: true })
  const evidence = sealed(observed({ findings }))
  writeFileSync(join(root, 'patterns/fetch/evidence.json'), JSON.stringify(evidence))
}

/** A run that reached the pattern, in which `happens`. */
async function run(cached: boolean, happens = () => {}) {
  const before = await evidenceFiles(root)
  happens()
  const task = { package: 'fetch', task: 'verify', cached, output: ['SyntaxError: Unexpected token'] }
  return readRun(root, { passed: cached, tasks: [task], words: ['fetch#verify failed'] }, 0, before)
}

test('a runner that broke off before it began is not told by the evidence of an earlier run', async () => {
  write([])
  const { chapters, findings } = await run(false)
  expect(chapters).toMatchObject([{ slug: 'fetch', evidence: null }])
  expect(findings).toMatchObject([
    {
      code: 'no-evidence',
      file: 'patterns/fetch/verify.test.ts',
      detail: ['SyntaxError: Unexpected token'],
    },
  ])
})

test('evidence of this run counts, though it says what the one before said', async () => {
  write([])
  const { chapters, findings } = await run(false, () => write([DRIFT]))
  expect(chapters).toMatchObject([{ evidence: { findings: [{ code: 'drift' }] } }])
  expect(findings).toEqual([])
  expect((await run(false, () => write([DRIFT]))).chapters[0]!.evidence).not.toBeNull()
})

test('where turbo had the result already, what lies there is its evidence', async () => {
  write([])
  expect((await run(true)).chapters).toMatchObject([{ evidence: { pattern: 'fetch' } }])
})

test('what turbo replays and the harness did not write is red, though turbo is content', async () => {
  const forged = { ...sealed(observed()), seal: 'none' }
  writeFileSync(join(root, 'patterns/fetch/evidence.json'), JSON.stringify(forged))
  expect(await run(true)).toMatchObject({ passed: false, findings: [{ code: 'forged-evidence' }] })
})

test('a pattern whose command is another than the harness is red, though it ended well', async () => {
  write([])
  writeFileSync(join(root, 'patterns/fetch/package.json'), '{ "scripts": { "verify": "true" } }')
  expect(await run(true)).toMatchObject({ passed: false, findings: [{ code: 'runner-form' }] })
})

test('the findings of the whole guide are not those of an earlier run either', async () => {
  writeFileSync(join(root, 'whole-guide/evidence.json'), '[]')
  const before = await evidenceFiles(root)
  const task = { package: 'whole-guide', task: 'verify', cached: false, output: ['Cannot find module'] }
  const { findings } = await readRun(root, { passed: false, tasks: [task], words: [] }, 0, before)
  expect(findings).toMatchObject([{ file: 'whole-guide/verify.ts', detail: ['Cannot find module'] }])
})
