import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealed } from '@cookbook/evidence/seal'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { observed } from '../../evidence/test/observed.ts'
import { leftBehind } from './left-behind.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'left-'))
  for (const folder of ['whole-guide', 'patterns/oneshot', 'patterns/stream']) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), '{}')
  }
})
afterEach(() => rmSync(root, { recursive: true }))

const CONTENTS = {
  code: 'contents',
  severity: 'error',
  file: 'README.md',
  line: 1,
  column: 1,
  message: '',
  detail: [],
  fix: '',
}

const put = (folder: string, value: unknown) =>
  writeFileSync(join(root, folder, 'evidence.json'), JSON.stringify(value))

test('what each pattern and the guide left, and who left nothing', async () => {
  const evidence = sealed(observed({ pattern: 'stream' }))
  put('patterns/stream', evidence)
  put('whole-guide', [CONTENTS])
  expect(await leftBehind(root)).toEqual({
    evidence: [evidence],
    without: ['oneshot'],
    findings: [CONTENTS],
  })
})

test('a run that reached nothing left nothing', async () => {
  expect(await leftBehind(root)).toEqual({ evidence: [], without: ['oneshot', 'stream'], findings: null })
})
