import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { writeStubs } from './stubs.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stubs-'))
  await writeFileAtomic(join(root, 'Cargo.toml'), '[workspace]\nmembers = ["patterns/*"]\n')
  await writeFileAtomic(join(root, 'Cargo.lock'), 'version = 4\n')
  await writeFileAtomic(join(root, 'patterns/ewe/Cargo.toml'), '[package]\nname = "ewe"\n')
  await writeFileAtomic(join(root, 'patterns/ewe/src/lib.rs'), 'pub fn baa() {}\n')
  await writeFileAtomic(join(root, 'patterns/ewe/build.rs'), 'fn main() { todo!() }\n')
  await writeFileAtomic(join(root, 'patterns/notes/README.md'), 'no package\n')
})

afterEach(() => rm(root, { recursive: true }))

const write = () => writeStubs(root, join(root, 'target/stubs'))

test('a stub has the manifest of its pattern and nothing of its sources', async () => {
  const { folder } = await write()
  const read = (path: string) => readFile(join(folder, path), 'utf8')
  expect(await read('Cargo.toml')).toContain('members = ["stubs/patterns/*"]')
  expect(await read('Cargo.lock')).toBe('version = 4\n')
  expect(await readdir(join(folder, 'stubs/patterns'))).toEqual(['ewe'])
  expect(await read('stubs/patterns/ewe/Cargo.toml')).toContain('name = "ewe"')
  expect(await read('stubs/patterns/ewe/src/lib.rs')).toBe('')
  expect(await read('stubs/patterns/ewe/build.rs')).toBe('fn main() {}\n')
})

test('the small crate of a pattern has a stub as well, until it goes', async () => {
  await writeFileAtomic(join(root, 'patterns/ewe/small/Cargo.toml'), '[package]\nname = "ewe-small"\n')
  const { folder, text } = await write()
  expect(await readFile(join(folder, 'stubs/patterns/ewe/small/Cargo.toml'), 'utf8')).toContain(
    'name = "ewe-small"',
  )
  expect(await readFile(join(folder, 'stubs/patterns/ewe/small/src/main.rs'), 'utf8')).toBe('fn main() {}\n')
  expect(text).toContain('name = "ewe-small"')
  await rm(join(root, 'patterns/ewe/small'), { recursive: true })
  expect(await readdir(join((await write()).folder, 'stubs/patterns/ewe'))).not.toContain('small')
})

test('the crates of the library have stubs beside those of the patterns, where their paths lead', async () => {
  await writeFileAtomic(
    join(root, 'crates/await/Cargo.toml'),
    '[package]\nname = "await"\n[[bin]]\nname = "wait"\n',
  )
  await writeFileAtomic(join(root, 'crates/await/src/lib.rs'), 'pub fn wait() {}\n')
  const { folder, text } = await write()
  expect(await readdir(join(folder, 'stubs/crates'))).toEqual(['await'])
  expect(await readFile(join(folder, 'stubs/crates/await/Cargo.toml'), 'utf8')).not.toContain('bin')
  expect(await readFile(join(folder, 'stubs/crates/await/src/lib.rs'), 'utf8')).toBe('')
  expect(text).toContain('name = "await"')
  await rm(join(root, 'crates'), { recursive: true })
  expect(await readdir(join((await write()).folder, 'stubs/crates'))).toEqual([])
})

test('a pattern that went leaves no stub, which the lock would not fit', async () => {
  await writeFileAtomic(join(root, 'patterns/ram/Cargo.toml'), '[package]\nname = "ram"\n')
  await write()
  await rm(join(root, 'patterns/ram'), { recursive: true })
  const { folder } = await write()
  expect(await readdir(join(folder, 'stubs/patterns'))).toEqual(['ewe'])
})

test('the text changes with each manifest and the lock, and not with a source', async () => {
  const texts = [(await write()).text]
  await writeFileAtomic(join(root, 'patterns/ewe/src/lib.rs'), 'pub fn maa() {}\n')
  expect((await write()).text).toBe(texts[0])
  for (const path of ['Cargo.toml', 'Cargo.lock', 'patterns/ewe/Cargo.toml', 'patterns/ram/Cargo.toml']) {
    const text = await readFile(join(root, path), 'utf8').catch(() => '')
    await writeFileAtomic(join(root, path), `${text}# changed\n`)
    texts.push((await write()).text)
  }
  expect(new Set(texts).size).toBe(5)
})

test('a stub has no program, example or test that the manifest names, whose source it does not have', async () => {
  const targets = ['bin', 'example', 'test', 'bench'].map((kind) => `[[${kind}]]\nname = "shown"\n`)
  const manifest = `[package]\nname = "ewe"\ndefault-run = "shown"\nbuild = "make.rs"\n\n${targets.join('\n')}\n[lib]\npath = "src/ewe.rs"\n\n[dependencies]\ncxx = "1.0.205"\n`
  await writeFileAtomic(join(root, 'patterns/ewe/Cargo.toml'), manifest)
  const { folder } = await write()
  expect(await readFile(join(folder, 'stubs/patterns/ewe/Cargo.toml'), 'utf8')).toBe(
    '[package]\nname = "ewe"\n\n[lib]\n[dependencies]\ncxx = "1.0.205"\n',
  )
})
