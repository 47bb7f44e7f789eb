import { join } from 'node:path'
import { contents, parseChapter, withSignposts } from '@cookbook/guide'
import { isOfLibrary, libraryFolders, libraryOf } from '@cookbook/guide/library'
import { expect, test } from 'vitest'
import { json, ROOT, text, trackedFiles } from './tree.ts'

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
    new RegExp(`^patterns/${slug}/((?:small/)?tests/[^/]+\\.rs|cases/[^/]+\\.ts|reject/[^/]+\\.(rs|cc))$`),
  )
  const forgotten = files
    .map((path) => path.split('/').slice(2).join('/'))
    .filter((path) => !runner.includes(`'${path}'`))
  expect(forgotten).toEqual([])
})

test.each(slugs)('%s keeps mutations, so that its verification holds them against its claims', (slug) => {
  expect(trackedFiles(new RegExp(`^patterns/${slug}/mutations\\.toml$`))).toHaveLength(1)
})

test.each(slugs)('%s: the runner compares every expected output', (slug) => {
  const runner = text(`patterns/${slug}/verify.test.ts`)
  const files = trackedFiles(new RegExp(`^patterns/${slug}/(?:small/)?expected/`)).map((path) =>
    path.split('/').slice(2).join('/'),
  )
  expect(files.filter((path) => !runner.includes(`'${path}'`))).toEqual([])
})

test.each(slugs)(
  '%s builds when its folder is copied out: it inherits nothing from the workspace but the library',
  (slug) => {
    const dir = join(ROOT, 'patterns', slug)
    for (const path of trackedFiles(new RegExp(`^patterns/${slug}/(?:small/)?Cargo\\.toml$`))) {
      const inherited = text(path)
        .split('\n')
        .filter((line) => /workspace\s*=\s*true|path\s*=\s*"\.\./.test(line))
      const isOwn = path === `patterns/${slug}/Cargo.toml`
      expect(
        inherited.filter((line) => !isOwn || !isOfLibrary(ROOT, dir, line)),
        path,
      ).toEqual([])
    }
  },
)

/** The lines of Rust and C++ by which a chapter may open, where that is not 60. */
const SCREEN: Readonly<Record<string, number>> = {
  blocking: 35,
  executor: 70,
  coroutine: 80,
  'cpp-async': 120, // three models of at most 40 lines, and what they share
  'http-client': 90,
}
const SMALL = trackedFiles(/^patterns\/[^/]+\/small\/Cargo\.toml$/).map((path) => path.split('/')[1]!)

test.each(SMALL)('%s: its small crate is named after it, and fits on a screen', (slug) => {
  expect(text(`patterns/${slug}/small/Cargo.toml`)).toContain(`name = "${slug}-small"`)
  const code = trackedFiles(new RegExp(`^patterns/${slug}/small/(?:include|src)/`))
  const lines = code.flatMap((path) => text(path).trimEnd().split('\n'))
  const shown = lines.filter((line) => !/^\/\/ ANCHOR(_END)?: /.test(line))
  expect(shown.length).toBeLessThanOrEqual(SCREEN[slug] ?? 60)
})

test('a pattern that takes the library says where a reader gets it', () => {
  const taking = slugs.filter((slug) => libraryOf(ROOT, join(ROOT, 'patterns', slug)).length > 0)
  for (const slug of taking)
    expect(text(`patterns/${slug}/README.md`), slug).toContain('](../../crates/README.md)')
})

test('the crates of the library are named as their folders', () => {
  for (const folder of libraryFolders(ROOT))
    expect(text(`${folder}/Cargo.toml`)).toContain(`name = "${folder.split('/')[1]}"`)
})

test('turbo hashes every file of the library', () => {
  const { verify, 'whole-guide#verify': guide } = json('turbo.json').tasks
  const hashed = '$TURBO_ROOT$/crates/cxx-await*/**'
  expect(verify.inputs).toContain(hashed)
  expect(guide.inputs.at(-1).globs).toContain(hashed)
  expect(libraryFolders(ROOT).filter((folder) => !folder.startsWith('crates/cxx-await'))).toEqual([])
})

test('no two patterns have a program of one name, which cargo would put in one place', () => {
  const programs = trackedFiles(/^patterns\/[^/]+\/(src\/bin|examples)\/[^/]+\.rs$/).map((path) =>
    path.split('/').slice(-2).join('/'),
  )
  expect(programs.filter((program, index) => programs.indexOf(program) !== index)).toEqual([])
})

// A chapter is downloaded by itself, so each holds its own copy of what the tests of several need.
test.each(['child.rs', 'descriptors.rs', 'fork.rs', 'tally.rs'])('%s is the same in all patterns', (name) => {
  const copies = trackedFiles(/^patterns\/[^/]+\/tests\/support\//).filter((path) =>
    path.endsWith(`/${name}`),
  )
  expect(copies.length).toBeGreaterThan(1)
  expect(copies.filter((path) => text(path) !== text(copies[0]!))).toEqual([])
})

test.each(slugs)(
  '%s names the file of each block and its neighbours, as npm run sync writes them',
  (slug) => {
    const file = `patterns/${slug}/README.md`
    const chapters = contents(text('README.md'), 'README.md')
    expect(text(file)).toBe(withSignposts(parseChapter(text(file), file), chapters))
  },
)

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
