import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPatterns } from '../index.ts'

test('patterns are the folders that hold a package.json, and without patterns/ there are none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'patterns-'))
  onTestFinished(() => rm(root, { recursive: true }))
  expect(await findPatterns(root)).toEqual([])
  for (const name of ['stream', 'oneshot', 'draft'])
    await mkdir(join(root, 'patterns', name), { recursive: true })
  for (const name of ['stream/package.json', 'oneshot/package.json', 'package.json']) {
    await writeFile(join(root, 'patterns', name), '{}')
  }
  expect(await findPatterns(root)).toEqual(['oneshot', 'stream'])
})
