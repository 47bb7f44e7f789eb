import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Audit } from '@cookbook/audit'
import { which } from '@cookbook/toolchain/which'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { packPackage } from '../package/package.ts'
import { runAsStranger } from '../package/stranger.ts'

// As a stranger has it: the package alone, in a folder that knows nothing of this repository.
const ROOT = join(import.meta.dirname, '../../..')
const MANAGERS = ['pnpm@12.21.0', 'yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1']
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook package ')))
afterAll(() => rmSync(folder, { recursive: true }))
const LIMIT_MS = 60_000
let tarball: string

const PAGES = {
  'green.md':
    '# Good\n\n```cpp\n#include <cstdio>\nint main() { std::puts("hello"); }\n```\n\nIt prints:\n\n```text\nhello\n```\n',
  'red.md': '# Bad\n\n```cpp\nint main() { return "no"; }\n```\n',
}

const run = (cwd: string, program: string, args: readonly string[]) =>
  runAsStranger(cwd, program, args, join(folder, 'cache'), LIMIT_MS)

function emptyProject(name: string): string {
  const project = join(folder, name)
  mkdirSync(join(project, 'docs'), { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n')
  for (const [page, text] of Object.entries(PAGES)) writeFileSync(join(project, 'docs', page), text)
  return project
}

const good = (cwd: string, program: string, args: readonly string[]) => {
  const { status, said } = run(cwd, program, args)
  expect(status, said).toBe(0)
  return said
}

beforeAll(async () => {
  tarball = await packPackage(ROOT, join(folder, 'packed'))
  good(emptyProject('managers'), 'npm', [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    ...MANAGERS,
  ])
})

const manager = (path: string) => join(folder, 'managers/node_modules', path)
/** Each as it adds a package, and as it runs what the package brings. */
const INSTALLERS: Record<string, { add(): [string, string[]]; run: [string, string[]] }> = {
  npm: { add: () => ['npm', ['install', '--no-audit', '--no-fund', tarball]], run: ['npx', []] },
  pnpm: { add: () => [manager('.bin/pnpm'), ['add', tarball]], run: [manager('.bin/pnpm'), ['exec']] },
  yarn: {
    add: () => ['node', [manager('yarn/bin/yarn.js'), 'add', `file:${tarball}`]],
    run: ['node', [manager('yarn/bin/yarn.js'), '--silent']],
  },
  'yarn 4': {
    add: () => [
      'node',
      [manager('@yarnpkg/cli-dist/bin/yarn.js'), 'add', `cxx-async-cookbook@file:${tarball}`],
    ],
    run: ['node', [manager('@yarnpkg/cli-dist/bin/yarn.js')]],
  },
}

test.for(Object.keys(INSTALLERS))(
  'installed by %s: a good page is green, a bad one red at its line',
  (name) => {
    const project = emptyProject(name)
    // Else a lock file above would make this a part of another project.
    if (name === 'yarn 4') writeFileSync(join(project, 'yarn.lock'), '')
    const { add, run: runner } = INSTALLERS[name]!
    good(project, ...add())
    const audit = (command: string, ...pages: string[]) =>
      run(project, runner[0], [...runner[1], command, 'audit', '--sandbox=bubblewrap', ...pages])
    const green = audit('cookbook', 'docs/green.md')
    expect(green.status, green.said).toBe(0)
    expect(green.said).toContain('2 blocks: 1 runs, 1 not code; passed')
    const both = audit('cxx-async-cookbook', 'docs')
    expect(both.status, both.said).toBe(1)
    expect(both.said).toMatch(/docs\/red\.md:4:\d+ block-fails: C\+\+: invalid conversion/)
  },
)

test('what one audit tried the next recalls, and another content of the tool does not', () => {
  const project = join(folder, 'npm')
  const cached = (): boolean[] => {
    const { said } = run(project, 'npx', [
      'cookbook',
      'audit',
      '--sandbox=bubblewrap',
      '--format=json=a.json',
      'docs',
    ])
    const { groups }: Audit = JSON.parse(readFileSync(join(project, 'a.json'), 'utf8'))
    expect(groups, said).toHaveLength(2)
    return groups.map((group) => group.cached)
  }
  cached()
  expect(cached()).toEqual([true, true])
  appendFileSync(join(project, 'node_modules/cxx-async-cookbook/dist/main.js'), '\n')
  expect(cached()).toEqual([false, false])
})

test('it brings the grammars that it uses, the licenses of what it is made of, and no other package', () => {
  const content = join(folder, 'packed/package')
  const { dependencies } = JSON.parse(readFileSync(join(content, 'package.json'), 'utf8'))
  expect(dependencies).toBeUndefined()
  const licenses = readFileSync(join(content, 'THIRD-PARTY-LICENSES'), 'utf8')
  const { components } = JSON.parse(readFileSync(join(folder, 'packed/sbom.cdx.json'), 'utf8'))
  for (const name of ['@vscode/tree-sitter-wasm', 'commander', 'markdown-it']) {
    expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'))
    expect(components).toContainEqual(
      expect.objectContaining({ name, purl: expect.stringMatching(/^pkg:npm\//) }),
    )
  }
  const project = join(folder, 'npm')
  writeFileSync(
    join(project, 'docs/lint.md'),
    '# Lint\n\n```cpp\n#include <thread>\nint main() {\n  std::thread([] {}).detach();\n}\n```\n',
  )
  const { said } = run(project, 'npx', ['cookbook', 'audit', '--sandbox=bubblewrap', 'docs/lint.md'])
  expect(said).toContain('detached-thread')
})

test('--init writes what the next audit reads, and what is wrong with that is said at its line', () => {
  const project = join(folder, 'pnpm')
  const audit = (...args: string[]) =>
    run(project, manager('.bin/pnpm'), ['exec', 'cookbook', 'audit', ...args])
  expect(audit('--init')).toEqual({
    status: 0,
    said: 'cookbook.config.json is there. Try it: cookbook audit\n',
  })
  const { status, said } = audit()
  expect(status, said).toBe(1)
  expect(said).toContain('docs/red.md:4')
  writeFileSync(join(project, 'cookbook.config.json'), '{\n  "path": []\n}\n')
  expect(audit()).toEqual({
    status: 2,
    said: expect.stringContaining('cookbook.config.json:2:3: "path" is no option'),
  })
})

test('the steps of the action install it, audit with a cache of their own, and leave SARIF', () => {
  const project = emptyProject('action')
  const { runs } = parse(readFileSync(join(ROOT, '.github/actions/audit/action.yml'), 'utf8'))
  const step = (name: string, env: Record<string, string>) => {
    const { run: script, env: declared } = runs.steps.find((one: { name?: string }) => one.name === name)
    const given = Object.fromEntries(Object.keys(declared).map((key) => [key, env[key] ?? '']))
    const words = Object.entries(given).map(([key, value]) => `${key}=${value}`)
    return run(project, 'env', [...words, 'bash', '-eo', 'pipefail', '-c', script])
  }
  const into = join(folder, 'action of a runner')
  const installed = step('Install the audit', { PACKAGE: tarball, INTO: into })
  expect(installed.status, installed.said).toBe(0)
  const cookbook = { COOKBOOK: join(into, 'node_modules/.bin/cookbook'), XDG_CACHE_HOME: join(into, 'cache') }
  const { status, said } = step('Audit the guide', { ...cookbook, GUIDE: 'docs', SARIF: 'audit.sarif' })
  expect(status, said).toBe(1)
  expect(said).toMatch(/^::error .*file=docs\/red\.md,line=4/m)
  expect(readFileSync(join(project, 'audit.sarif'), 'utf8')).toContain('docs/red.md')
  expect(readdirSync(join(into, 'cache'))).toEqual(['cxx-async-cookbook'])
})

test('the problem matcher of the package finds the line of an error in the text of an audit', () => {
  const [{ pattern }] = JSON.parse(
    readFileSync(join(folder, 'packed/package/problem-matcher.json'), 'utf8'),
  ).problemMatcher
  const [{ regexp, file, line, message }] = pattern
  const { said } = run(join(folder, 'npm'), 'npx', ['cookbook', 'audit', 'docs/red.md'])
  const found = said.split('\n').flatMap((text) => {
    const match = new RegExp(regexp).exec(text)
    return match === null ? [] : [{ file: match[file], line: match[line], message: match[message] }]
  })
  expect(found).toEqual([
    { file: 'docs/red.md', line: '4', message: expect.stringContaining('invalid conversion') },
  ])
})

const OLD = /this is Node [\d.]+, expected 22\.12 or newer\n {2}install a newer Node/

test('to an older Node it says what it needs', () => {
  const program = join(folder, 'packed/package/cookbook.cjs')
  for (const version of ['20.20.2', '22.11.0']) {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
    const args = ['--eval', `${pretend}; require(${JSON.stringify(program)})`]
    const { status, said } = run(folder, process.execPath, args)
    expect({ status, said }).toEqual({ status: 3, said: expect.stringMatching(OLD) })
  }
})

test("the machine's own older Node says so too", ({ skip }) => {
  const paths = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'))
  const node = which('node', paths.join(delimiter), '/')
  const version = node === null ? '99' : spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.slice(1)
  if (Number.parseInt(version, 10) >= 22) skip('no Node older than 22 is on this machine')
  const { status, said } = run(folder, node!, [join(folder, 'packed/package/cookbook.cjs'), 'audit', 'docs'])
  expect({ status, said }).toEqual({ status: 3, said: expect.stringMatching(OLD) })
})
