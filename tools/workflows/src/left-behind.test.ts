import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leftBehind } from './left-behind.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'left-'))
  for (const folder of ['guide', 'patterns/oneshot', 'patterns/stream']) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), '{}')
  }
})
afterEach(() => rmSync(root, { recursive: true }))

const put = (folder: string, value: unknown) =>
  writeFileSync(join(root, folder, 'evidence.json'), JSON.stringify(value))

test('what each pattern and the guide left, and who left nothing', async () => {
  put('patterns/stream', { pattern: 'stream' })
  put('guide', [{ code: 'contents' }])
  expect(await leftBehind(root)).toEqual({
    evidence: [{ pattern: 'stream' }],
    without: ['oneshot'],
    findings: [{ code: 'contents' }],
  })
})

test('a run that reached nothing left nothing', async () => {
  expect(await leftBehind(root)).toEqual({ evidence: [], without: ['oneshot', 'stream'], findings: null })
})
