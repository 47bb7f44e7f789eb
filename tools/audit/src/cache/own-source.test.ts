import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf } from './own-source.ts'

let folder: string

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const FILES = {
  'tools/audit/package.json': '{"name":"audit","dependencies":{"guide":"*","parser":"^1"}}',
  'tools/audit/src/index.ts': 'export {}',
  'tools/guide/package.json': '{"name":"guide","exports":{".":"./src/index.ts"}}',
  'tools/guide/src/index.ts': 'export {}',
  'node_modules/parser/package.json': '{"name":"parser","version":"1.0.0"}',
  'node_modules/parser/index.js': '',
  'dist/package.json': '{"name":"cookbook","version":"1.0.0"}',
  'dist/bundle.js': '1',
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-'))
  for (const [path, text] of Object.entries(FILES)) write(path, text)
  symlinkSync('../tools/guide', join(folder, 'node_modules/guide'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const own = () => digestOf(join(folder, 'tools/audit/src'))

test.each([
  ['its own source', 'tools/audit/src/lint/rule.ts', 'export {}'],
  ['the source of a package that it uses', 'tools/guide/src/index.ts', 'export const a = 1'],
  [
    'the version of a package that is installed',
    'node_modules/parser/package.json',
    '{"name":"parser","version":"1.0.1"}',
  ],
])('%s changes what it is', (_, path, text) => {
  const before = own()
  write(path, text)
  expect(own()).not.toBe(before)
})

test.each([
  ['a test', 'tools/audit/src/index.test.ts'],
  ['a page', 'tools/audit/src/README.md'],
])('%s does not', (_, path) => {
  const before = own()
  write(path, '')
  expect(own()).toBe(before)
})

test('of a tool in one file the file is what it is', () => {
  const before = digestOf(join(folder, 'dist'))
  write('dist/bundle.js', '2')
  expect(digestOf(join(folder, 'dist'))).not.toBe(before)
})
