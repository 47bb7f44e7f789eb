import { expect, test } from 'vitest'
import { json, text, trackedFiles } from './tree.ts'

const slugs = trackedFiles(/^patterns\/[^/]+\/package\.json$/).map((path) => path.split('/')[1]!)

test('there are patterns', () => {
  expect(slugs.length).toBeGreaterThan(0)
})

/** The crates that readers know by another name than the chapter's. */
const CRATES: Readonly<Record<string, string>> = { 'http-client': 'async-http-client' }

test.each(slugs)('%s is the name of its folder, its package and its crate', (slug) => {
  expect(json(`patterns/${slug}/package.json`).name).toBe(slug)
  expect(text(`patterns/${slug}/Cargo.toml`)).toContain(`name = "${CRATES[slug] ?? slug}"`)
})

test.each(slugs)('%s is verified by the harness', (slug) => {
  const { scripts, devDependencies } = json(`patterns/${slug}/package.json`)
  expect(scripts.verify).toBe('vitest run --config ../../tools/harness/vitest.config.ts')
  expect(devDependencies).toEqual({ '@cookbook/harness': '*' })
})

test.each(slugs)('%s needs CMake where CMake builds it', (slug) => {
  const built = trackedFiles(new RegExp(`^patterns/${slug}/CMakeLists\\.txt$`)).length > 0
  expect((json(`patterns/${slug}/package.json`).needs ?? []).includes('cmake')).toBe(built)
})

test.each(slugs)('%s: the runner runs every test file and every file that must not compile', (slug) => {
  const runner = text(`patterns/${slug}/verify.test.ts`)
  const files = trackedFiles(
    new RegExp(`^patterns/${slug}/(tests/[^/]+\\.rs|cases/[^/]+\\.ts|reject/[^/]+\\.(rs|cc))$`),
  )
  const forgotten = files
    .map((path) => path.split('/').slice(2).join('/'))
    .filter((path) => !runner.includes(`'${path}'`))
  expect(forgotten).toEqual([])
})

test.each(slugs)('%s: the runner compares every expected output', (slug) => {
  const runner = text(`patterns/${slug}/verify.test.ts`)
  const files = trackedFiles(new RegExp(`^patterns/${slug}/expected/`)).map((path) =>
    path.split('/').slice(2).join('/'),
  )
  expect(files.filter((path) => !runner.includes(`'${path}'`))).toEqual([])
})

test.each(slugs)(
  '%s builds when its folder is copied out: it inherits nothing from the workspace',
  (slug) => {
    expect(text(`patterns/${slug}/Cargo.toml`)).not.toMatch(/workspace\s*=\s*true|path\s*=\s*"\.\./)
  },
)

test('no two patterns have a program of one name, which cargo would put in one place', () => {
  const programs = trackedFiles(/^patterns\/[^/]+\/(src\/bin|examples)\/[^/]+\.rs$/).map((path) =>
    path.split('/').slice(-2).join('/'),
  )
  expect(programs.filter((program, index) => programs.indexOf(program) !== index)).toEqual([])
})

test('the tests of all patterns start processes of their own in one way', () => {
  const copies = trackedFiles(/^patterns\/[^/]+\/tests\/support\/child\.rs$/)
  expect(copies).not.toEqual([])
  for (const copy of copies) expect(text(copy), copy).toBe(text(copies[0]!))
})

test.each(slugs)('%s: unsafe Rust says why it is sound', (slug) => {
  for (const path of trackedFiles(new RegExp(`^patterns/${slug}/.*\\.rs$`))) {
    const lines = text(path).split('\n')
    const bare = lines.filter((line, index) => {
      const before = lines.slice(Math.max(0, index - 4), index + 1).join('\n')
      return /\bunsafe (impl|\{)/.test(line) && !before.includes('SAFETY:')
    })
    expect(bare, path).toEqual([])
  }
})
