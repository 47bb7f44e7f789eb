import { expect, test } from 'vitest'
import { circle, imports, isTest, packageOf, packages, roomOf } from './imports.ts'
import { json, trackedFiles } from './tree.ts'

/** What each package of tools/ may import of the others: dependencies point one way. Tests may look inside of these. */
const LAYERS: Record<string, readonly string[]> = {
  diagnostics: [],
  guide: [],
  toolchain: [],
  evidence: [
    '@cookbook/guide',
    '@cookbook/guide/causes',
    '@cookbook/guide/error-at',
    '@cookbook/guide/layout',
    '@cookbook/guide/library',
    '@cookbook/guide/unreadable',
    '@cookbook/toolchain',
    '@cookbook/toolchain/alone',
    '@cookbook/toolchain/at-hand',
    '@cookbook/toolchain/evidence-key',
  ],
  harness: [
    '@cookbook/diagnostics',
    '@cookbook/evidence',
    '@cookbook/evidence/digest',
    '@cookbook/evidence/file',
    '@cookbook/evidence/json',
    '@cookbook/evidence/lock',
    '@cookbook/evidence/subject',
    '@cookbook/evidence/write',
    '@cookbook/guide',
    '@cookbook/guide/error-at',
    '@cookbook/guide/layout',
    '@cookbook/guide/library',
    '@cookbook/guide/unreadable',
    '@cookbook/toolchain',
    '@cookbook/toolchain/alone',
    '@cookbook/toolchain/at-hand',
    '@cookbook/toolchain/evidence-key',
  ],
  report: ['@cookbook/guide', '@cookbook/evidence'],
  audit: [
    '@cookbook/diagnostics',
    '@cookbook/guide',
    '@cookbook/report/formats',
    '@cookbook/toolchain',
    '@cookbook/toolchain/container',
    '@cookbook/toolchain/environment',
    '@cookbook/toolchain/process',
    '@cookbook/toolchain/which',
  ],
  cli: [
    '@cookbook/audit',
    '@cookbook/evidence',
    '@cookbook/evidence/digest',
    '@cookbook/evidence/file',
    '@cookbook/evidence/json',
    '@cookbook/evidence/lock',
    '@cookbook/evidence/proof',
    '@cookbook/evidence/seal',
    '@cookbook/guide',
    '@cookbook/guide/fold',
    '@cookbook/guide/patterns',
    '@cookbook/guide/show',
    '@cookbook/guide/unreadable',
    '@cookbook/harness/check-names',
    '@cookbook/harness/clippy',
    '@cookbook/harness/gate',
    '@cookbook/harness/history',
    '@cookbook/harness/no-space',
    '@cookbook/report',
    '@cookbook/report/progress',
    '@cookbook/toolchain',
    '@cookbook/toolchain/find-guide',
    '@cookbook/toolchain/probe-event',
  ],
  site: ['@cookbook/cli/command-line', '@cookbook/evidence', '@cookbook/evidence/proof', '@cookbook/guide'],
  workflows: [
    '@cookbook/guide',
    '@cookbook/evidence',
    '@cookbook/evidence/file',
    '@cookbook/toolchain/image-tag',
  ],
  maintain: [],
}

/** It measures and breaks all the others, so it may look inside of them; none of them may look at it. */
const ABOVE_ALL = 'maintain'

const codeOf = (tool: string) => imports.filter(({ from }) => packageOf(from) === tool && !isTest(from))
const below = packages.filter((tool) => tool !== ABOVE_ALL)

test('every package of tools/ has a layer', () => {
  expect(packages.toSorted()).toEqual(Object.keys(LAYERS).toSorted())
})

test.each(below)('%s imports only the layers below it', (tool) => {
  const strange = codeOf(tool).filter(
    ({ name }) => name.startsWith('@cookbook/') && !LAYERS[tool]!.includes(name),
  )
  expect(strange).toEqual([])
})

test('no file, of a test neither, imports from a package above its own', () => {
  const allowed = (tool: string) => [tool, ...LAYERS[tool]!.map((name) => name.split('/')[1])]
  const upward = imports.filter(({ from, to }) => {
    const [own, other] = [packageOf(from), to === null ? null : packageOf(to)]
    return own !== null && own !== ABOVE_ALL && other !== null && !allowed(own).includes(other)
  })
  expect(upward).toEqual([])
})

test.each(below)('%s reaches another package by its name, never by its path', (tool) => {
  const paths = codeOf(tool).filter(
    ({ name, to }) => name.startsWith('.') && to !== null && packageOf(to) !== tool,
  )
  expect(paths).toEqual([])
})

test('the imports of all files, of types and tests too, go in no circle', () => {
  expect(circle(imports.flatMap(({ from, to }) => (to === null ? [] : [[from, to] as const])))).toEqual([])
})

test('the rooms of a package go in no circle', () => {
  const arrows = imports.flatMap(({ from, to }) =>
    to === null || isTest(from) ? [] : [[roomOf(from), roomOf(to)] as const],
  )
  expect(circle(arrows)).toEqual([])
})

test('a circle is seen, and what only leads to it or away from it is not shown', () => {
  const arrows = [
    ['top', 'a'],
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'leaf'],
  ] as const
  expect(circle(arrows)).toEqual(['a -> b', 'b -> c', 'c -> a'])
})

test('a room holds at most 15 files that are not tests', () => {
  const rooms = Map.groupBy(
    trackedFiles(/^tools\/.*\.ts$/).filter((path) => !isTest(path) && !/\/fixtures\//.test(path)),
    (path) => path.slice(0, path.lastIndexOf('/')),
  )
  const full = [...rooms]
    .filter(([, { length }]) => length > 15)
    .map(([room, { length }]) => `${room}: ${length}`)
  expect(full).toEqual([])
})

test.each(packages)('%s declares the packages that it imports, and no other', (tool) => {
  const { dependencies = {} } = json(`tools/${tool}/package.json`)
  const names = codeOf(tool)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
  const imported = names.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  )
  const ofTypes = ['mdast', 'sarif', 'unist']
  const wanted = [...new Set(imported)].filter((name) => name !== 'vitest' && !ofTypes.includes(name)).sort()
  expect(Object.keys(dependencies).sort()).toEqual(wanted)
})

test('the guide reads Markdown: it starts no process, and knows no compiler', () => {
  const strange = codeOf('guide').filter(({ name }) => /^node:child_process|^zx/.test(name))
  expect(strange).toEqual([])
})
