import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOfLibrary, libraryFolders, libraryOf } from './library.ts'

const root = mkdtempSync(join(tmpdir(), 'library-'))
const dir = join(root, 'patterns/oneshot')
const place = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeAll(() => {
  place('crates/await/Cargo.toml', '[package]\nname = "await"\n')
  place('crates/await-build/Cargo.toml', '[package]\nname = "await-build"\n')
  place('crates/tests/Cargo.toml', '[package]\nname = "tests"\npublish = false\n')
  place('crates/private/Cargo.toml', '[package]\nname = "private"\npublish = []\n')
  place('crates/README.md', '# The library\n')
  place('tools/gauge/Cargo.toml', '[package]\nname = "gauge"\n')
})
afterAll(() => rmSync(root, { recursive: true }))

test('the library is what is published of crates/', () => {
  expect(libraryFolders(root)).toEqual(['crates/await', 'crates/await-build'])
  expect(libraryFolders(join(root, 'patterns'))).toEqual([])
})

test.each([
  ['await = { path = "../../crates/await" }', true],
  ["await-build = { version = '0.1', path = '../../crates/await-build/' }", true],
  ['await = "0.1"', false],
  ['tests = { path = "../../crates/tests" }', false],
  ['private = { path = "../../crates/private" }', false],
  ['gauge = { path = "../../tools/gauge" }', false],
  ['gauge = { path = "../../crates/await/../../tools/gauge" }', false],
  ['await = { path = "../crates/await" }', false],
  ['await = { path = "/crates/await" }', false],
])('%s: %s', (line, taken) => {
  expect(isOfLibrary(root, dir, line)).toBe(taken)
  place('patterns/oneshot/Cargo.toml', `[package]\nname = "oneshot"\n\n[dependencies]\n${line}\n`)
  expect(libraryOf(root, dir)).toEqual(taken ? ['crates/await', 'crates/await-build'] : [])
})
