import { expect, test } from 'vitest'
import { json, text, trackedFiles } from './tree.ts'

/** What each package of tools/ may import of the others: dependencies point one way. */
const LAYERS: Record<string, readonly string[]> = {
  guide: [],
  toolchain: [],
  harness: [
    '@cookbook/guide',
    '@cookbook/guide/layout',
    '@cookbook/guide/unreadable',
    '@cookbook/toolchain',
    '@cookbook/toolchain/alone',
    '@cookbook/toolchain/at-hand',
    '@cookbook/toolchain/evidence-key',
  ],
  report: ['@cookbook/guide', '@cookbook/harness/evidence'],
  audit: [
    '@cookbook/guide',
    '@cookbook/report/xml',
    '@cookbook/toolchain',
    '@cookbook/toolchain/container',
    '@cookbook/toolchain/environment',
    '@cookbook/toolchain/process',
    '@cookbook/toolchain/which',
  ],
  cookbook: [
    '@cookbook/audit',
    '@cookbook/guide',
    '@cookbook/harness/digest',
    '@cookbook/harness/evidence',
    '@cookbook/harness/gate',
    '@cookbook/harness/no-space',
    '@cookbook/harness/seal',
    '@cookbook/harness/turn',
    '@cookbook/report',
    '@cookbook/toolchain',
  ],
  workflows: ['@cookbook/guide', '@cookbook/harness/evidence', '@cookbook/toolchain/image-tag'],
}

const packages = Object.keys(LAYERS)

function importsOf(tool: string): Map<string, string> {
  const files = trackedFiles(new RegExp(`^tools/${tool}/src/.*\\.ts$`)).filter(
    (path) => !path.endsWith('.test.ts'),
  )
  return new Map(
    files.flatMap((path) =>
      [...text(path).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(({ 1: name }) => [name!, path] as const),
    ),
  )
}

test('every package of tools/ has a layer', () => {
  const found = new Set(trackedFiles(/^tools\/[^/]+\/package\.json$/).map((path) => path.split('/')[1]))
  expect([...found].sort()).toEqual(packages.toSorted())
})

test.each(packages)('%s imports only the layers below it', (tool) => {
  const strange = [...importsOf(tool)].filter(
    ([name]) => name.startsWith('@cookbook/') && !LAYERS[tool]!.includes(name),
  )
  expect(strange).toEqual([])
})

test.each(packages)('%s reaches another package by its name, never by its path', (tool) => {
  const paths = [...importsOf(tool)].filter(([name, path]) => {
    const depth = path.split('/').length - 3
    return name.startsWith('../'.repeat(depth + 1))
  })
  expect(paths).toEqual([])
})

test.each(packages)('%s declares the packages that it imports, and no other', (tool) => {
  const { dependencies = {} } = json(`tools/${tool}/package.json`)
  const names = [...importsOf(tool).keys()].filter(
    (name) => !name.startsWith('.') && !name.startsWith('node:'),
  )
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
