import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Page, problemsOf } from './rules.ts'

const ROOT = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const pages = globSync('.github/{workflows/*,actions/*/action}.{yml,yaml}', { cwd: ROOT })

test.each(pages)('%s does what it may', (path) => {
  expect(problemsOf(basename(path), read(path), parse(read(path)))).toEqual([])
})

test('one action has one version', () => {
  const used = pages.flatMap((path) => [...read(path).matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*(@.*)/g)])
  const versions = Map.groupBy(used, ([, action]) => action)
  const apart = [...versions].filter(([, uses]) => new Set(uses.map(([, , version]) => version)).size > 1)
  expect(used.length).toBeGreaterThan(20)
  expect(apart).toEqual([])
})

test('the scripts and programs that they call exist', () => {
  const { scripts } = JSON.parse(read('package.json'))
  const called = pages.flatMap((path) => [...read(path).matchAll(/npm (?:run ([\w:]+)|(test))/g)])
  expect(called.length).toBeGreaterThan(5)
  for (const [, run, plain] of called) expect(Object.keys(scripts)).toContain(run ?? plain)
  const files = pages.flatMap((path) => read(path).match(/tools\/[\w/-]+\.ts/g) ?? [])
  expect(files).not.toEqual([])
  for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true)
})

test('what may write an issue imports nothing but Node', () => {
  const imports = read('tools/workflows/src/report.ts').match(/from '[^']+'/g)!
  expect(imports.filter((name) => !name.startsWith("from 'node:"))).toEqual([])
})

const good: Page = {
  on: { push: {} },
  permissions: { contents: 'read' },
  jobs: { a: { steps: [{ run: 'npm test' }] } },
}
const step = (given: object): Page => ({ ...good, jobs: { a: { steps: [given] } } })
const hash = 'a'.repeat(40)

test.each<[string, string, Page]>([
  ['a token that may write', 'does not begin with', { ...good, permissions: 'write-all' }],
  ['no permissions', 'does not begin with', { jobs: good.jobs!, on: good.on! }],
  [
    'a job that may release',
    'is granted contents: write',
    { ...good, jobs: { a: { permissions: { contents: 'write' }, steps: [] } } },
  ],
  [
    'a job that may do all',
    'is granted write-all',
    { ...good, jobs: { a: { permissions: 'write-all', steps: [] } } },
  ],
  [
    'packages where issues may be written',
    'may write and runs packages',
    { ...good, jobs: { report: { permissions: { issues: 'write' }, steps: [{ run: 'npm ci' }] } } },
  ],
  [
    "a fork's code with our token",
    'runs on pull_request_target',
    { ...good, on: { pull_request_target: {} } },
  ],
  ['credentials that stay', 'keeps its credentials', step({ uses: `actions/checkout@${hash}` })],
  ['a title that runs', 'would run', step({ run: `echo \${{ github.event.pull_request.title }}` })],
  ['a release', 'releases something', step({ run: 'npm publish' })],
])('%s is found', (_, problem, page) => {
  expect(problemsOf('nightly.yml', '', good)).toEqual([])
  expect(problemsOf('nightly.yml', '', page).join('\n')).toContain(problem)
})

const release = (job: object, on: object = { workflow_dispatch: {} }): Page => ({
  ...good,
  on: { ...on },
  jobs: {
    publish: {
      if: 'inputs.publish',
      environment: 'release',
      steps: [{ run: 'npm publish --provenance a.tgz' }],
      ...job,
    },
  },
})

test.each<[string, Page]>([
  ['that nobody has to agree to', release({ environment: undefined })],
  ['that nobody asked for', release({ if: undefined })],
  ['at each push', release({}, { workflow_dispatch: {}, push: {} })],
  [
    'of what another command made',
    release({ steps: [{ run: 'npm ci' }, { run: 'npm publish --provenance a.tgz' }] }),
  ],
])('a release %s is found', (_, page) => {
  expect(problemsOf('release.yml', '', release({}))).toEqual([])
  expect(problemsOf('release.yml', '', page).join('\n')).toContain('releases something')
})

test.each([
  ['uses: actions/checkout@v7', 'pinned'],
  [`uses: actions/checkout@${hash}`, 'pinned'],
  ['uses: docker://alpine', 'pinned'],
  [`TOKEN: \${{ secrets.TOKEN }}`, 'names a secret'],
])('%s is found', (text, problem) => {
  expect(problemsOf('main.yml', text, good).join('\n')).toContain(problem)
})
