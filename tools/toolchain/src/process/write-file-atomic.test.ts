import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileAtomic } from './write-file-atomic.ts'

const LONG_AGO = new Date('2020-01-01')

test('a file is written with its folders, and nothing else is left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'place-'))
  await writeFileAtomic(join(folder, 'a/b/sheep.txt'), 'baa\n')
  expect(await readFile(join(folder, 'a/b/sheep.txt'), 'utf8')).toBe('baa\n')
  expect(await readdir(join(folder, 'a/b'))).toEqual(['sheep.txt'])
  await rm(folder, { recursive: true })
})

test('an equal file keeps its time, and another text gets a new one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'place-'))
  const path = join(folder, 'sheep.txt')
  await writeFile(path, 'baa\n')
  await utimes(path, LONG_AGO, LONG_AGO)
  await writeFileAtomic(path, 'baa\n')
  expect((await stat(path)).mtime).toEqual(LONG_AGO)
  await writeFileAtomic(path, 'baa baa\n')
  expect((await stat(path)).mtime > LONG_AGO).toBe(true)
  expect(await readFile(path, 'utf8')).toBe('baa baa\n')
  await rm(folder, { recursive: true })
})

test('a file may have several writers at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'place-'))
  const path = join(folder, 'sheep.txt')
  await Promise.all(Array.from({ length: 20 }, () => writeFileAtomic(path, 'baa\n')))
  expect(await readdir(folder)).toEqual(['sheep.txt'])
  await rm(folder, { recursive: true })
})
