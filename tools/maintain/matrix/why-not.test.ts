import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CELLS, nameOf } from './cells.ts'
import { chapterLacks, reach } from './why-not.ts'

const ROOT = join(import.meta.dirname, '../../..')
const BASE = 'host/g++-12/c++20/stable/debug'
const cell = (name: string) => CELLS.find((cell) => nameOf(cell) === name)!

test('a chapter whose C++ is newer than the cell cannot be verified in it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'cookbook-matrix-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const dir = join(root, 'patterns/ebb')
  mkdirSync(dir, { recursive: true })
  const lacks = (name: string) => chapterLacks(root, 'ebb', cell(name))
  writeFileSync(join(dir, 'build.rs'), 'cxx_build::bridge("src/lib.rs").std("c++20")')
  expect(await lacks('host/g++-12/c++17/stable/debug/plain')).toBe('its build.rs states c++20')
  expect(await lacks(`${BASE}/plain`)).toBeNull()
  expect(await lacks('host/g++-12/c++23/stable/debug/plain')).toBeNull()
  writeFileSync(join(dir, 'build.rs'), 'x.probe("kj-async"); .std("c++20")')
  expect(await lacks(`${BASE}/threads`)).toContain("the system's kj-async is not instrumented")
  expect(await lacks(`${BASE}/memcheck`)).toBeNull()
  writeFileSync(join(dir, 'build.rs'), 'cxx_build::bridge("src/lib.rs")')
  await expect(lacks(`${BASE}/plain`)).rejects.toThrow('patterns/ebb/build.rs states no standard')
})

test('a cell whose compiler is not installed lacks that, whatever else is or is not there', async () => {
  const strange = { ...cell(`${BASE}/plain`), cxx: 'g++-999' }
  expect(await reach(ROOT, strange)).toEqual({ kind: 'cannot', why: 'g++-999 is not installed' })
  expect(await reach(ROOT, { ...strange, rust: 'floor' })).toMatchObject({ why: 'g++-999 is not installed' })
})
