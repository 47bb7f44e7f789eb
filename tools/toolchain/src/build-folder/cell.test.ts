import { expect, test } from 'vitest'
import { cellAtHand, spellCell } from '../probe/cell.ts'
import { identify, identifySeeds } from '../probe/probe.ts'
import { buildProfileOf, CXX_FLAGS, featured } from './build-profile.ts'

const TRIPLE = 'x86_64-unknown-linux-gnu'
const cell = cellAtHand('g++-12/c++23/release/plain')!

test('a cell is what its name spells', () => {
  expect(cell).toEqual({ cxx: 'g++-12', std: 'c++23', profile: 'release', memoryTool: 'plain' })
  expect(spellCell(cell)).toBe('g++-12/c++23/release/plain')
  expect(cellAtHand('')).toBeNull()
})

test.each(['g++-12', 'g++-12/c++26/debug/plain', '/c++20/debug/plain', 'g++/c++20/debug/plain/more'])(
  'MATRIX_CELL=%s spells none',
  (spelt) =>
    expect(() => cellAtHand(spelt)).toThrow(
      `MATRIX_CELL is "${spelt}", expected <compiler>/c++17|c++20|c++23/debug|release/plain|sanitizers|threads|memcheck`,
    ),
)

test('the standard of a cell comes after all other flags, and its profile last', () => {
  const buildProfile = buildProfileOf(cell, TRIPLE)
  expect(buildProfile.args).toEqual(['--release'])
  expect(buildProfile.env.CXXFLAGS).toBe([...CXX_FLAGS, '-std=c++23'].join(' '))
  const clang = buildProfileOf({ ...cell, cxx: 'clang++-19' }, TRIPLE)
  expect(clang.env.CXXFLAGS).toContain('-std=c++23 -Wno-unused-command-line-argument')
})

test('under ThreadSanitizer the standard library is built as well, and what it needs is fetched', () => {
  const buildProfile = buildProfileOf({ ...cell, profile: 'debug', memoryTool: 'threads' }, TRIPLE)
  expect(buildProfile.args).toEqual(['--target', TRIPLE, '-Zbuild-std'])
  expect(buildProfile.fetchArgs).toEqual(buildProfile.args)
  expect(buildProfile.env.RUSTFLAGS).toContain('-Zsanitizer=thread')
  expect(buildProfile.env.CXXFLAGS).toContain('-fsanitize=thread')
})

test('other features are built as the cell builds', () => {
  const buildProfile = featured(buildProfileOf({ ...cell, memoryTool: 'sanitizers' }, TRIPLE), 'beast', [
    'beast',
  ])
  expect(buildProfile).toMatchObject({ name: 'beast', apart: true, profile: 'release' })
  expect(buildProfile.args).toEqual(['--release', '--no-default-features', '--features', 'beast'])
  expect(buildProfile.env.CXXFLAGS).toContain('-fsanitize=address')
  expect(buildProfile.env.RUSTC_WORKSPACE_WRAPPER).toMatch(/link-sanitized$/)
})

test('every cell is a toolchain of its own, and shares third-party crates where only its C++ differs', () => {
  const ids = (spelt: string) => {
    const at = cellAtHand(spelt)
    return { id: identify('host', [], at), seeds: identifySeeds('host', [], at) }
  }
  const [plain, other, debug] = [
    'g++-12/c++20/release/plain',
    'g++-12/c++23/release/plain',
    'g++-12/c++20/debug/plain',
  ].map(ids)
  expect(other!.id).not.toBe(plain!.id)
  expect(other!.seeds).toBe(plain!.seeds)
  expect(debug!.seeds).not.toBe(plain!.seeds)
  expect(ids('').seeds).toBe(ids('').id)
})
