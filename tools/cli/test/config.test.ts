import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withConfig } from '../src/config/with-config.ts'
import { writeConfig } from '../src/config/write-config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
  mkdirSync(join(folder, '.git'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const ALL = {
  $schema: 'x.json',
  paths: ['docs', 'README.md'],
  'allow-crate': ['hex', 'itoa'],
  include: ['include'],
  library: ['zlib'],
  project: '.',
  'fail-on': ['error', 'lint'],
  baseline: 'audit.json',
  sandbox: 'bubblewrap',
  sanitize: true,
}

test('its options come before those that are typed, and its paths are named from where the command is', async () => {
  write('cookbook.config.json', JSON.stringify(ALL))
  write('docs/page.md', '')
  expect(await withConfig(['--fail-on=never', 'page.md'], join(folder, 'docs'))).toEqual({
    kind: 'configured',
    args: [
      ...[
        '--allow-crate=hex',
        '--allow-crate=itoa',
        '--include=../include',
        '--library=zlib',
        '--project=..',
      ],
      ...['--baseline=../audit.json', '--sandbox=bubblewrap', '--sanitize', '--fail-on=error,lint'],
      ...['--fail-on=never', 'page.md'],
    ],
    paths: ['.', '../README.md'],
  })
})

test('without one, with --no-config and above the repository nothing is added', async () => {
  const plain = { kind: 'configured', args: ['a.md'], paths: [] }
  expect(await withConfig(['a.md'], folder)).toEqual(plain)
  write('cookbook.config.json', '{ "paths": ["b.md"] }')
  expect(await withConfig(['--no-config', 'a.md'], folder)).toEqual(plain)
  mkdirSync(join(folder, 'inner/.git'), { recursive: true })
  expect(await withConfig(['a.md'], join(folder, 'inner'))).toEqual(plain)
  expect(await withConfig(['--config', '../cookbook.config.json'], join(folder, 'inner'))).toEqual({
    kind: 'configured',
    args: [],
    paths: ['../b.md'],
  })
})

test('TypeScript is read as well, and both at once are refused', async () => {
  write('cookbook.config.ts', "const paths: string[] = ['a.md']\nexport default { paths }\n")
  expect(await withConfig(['--config=cookbook.config.ts'], folder)).toMatchObject({ paths: ['a.md'] })
  write('cookbook.config.json', '{}')
  expect(await withConfig([], folder)).toMatchObject({ problem: expect.stringContaining('are both there') })
})

test.each([
  ['{\n  "paths": ["docs"],,\n}', 'cookbook.config.json:2:21: property name expected, expected JSON'],
  ['', 'cookbook.config.json:1:1: value expected, expected JSON'],
  ['[]', 'cookbook.config.json:1:1: the configuration is a list, expected an object'],
  [
    '{\n  "path": ["docs"]\n}',
    'cookbook.config.json:2:3: "path" is no option (did you mean paths?), expected any of $schema, paths, allow-crate, include, library, project, fail-on, baseline, sandbox, sanitize',
  ],
  ['{\n  "paths": []\n}', 'cookbook.config.json:2:12: "paths" names nothing, expected at least one path'],
  ['{ "paths": ["a", 3] }', 'cookbook.config.json:1:18: "paths"[1] is 3, expected string'],
  ['{ "baseline": "" }', 'cookbook.config.json:1:15: "baseline" is empty, expected a name'],
  [
    '{\n  "sandbox": "none",\n  "sanitize": 1\n}',
    'cookbook.config.json:2:14: "sandbox" is "none", expected "auto" or "bubblewrap" or "docker"\ncookbook.config.json:3:15: "sanitize" is 1, expected boolean',
  ],
])('%j is refused at its line and column', async (text, problem) => {
  write('cookbook.config.json', text)
  expect(await withConfig([], folder)).toEqual({ kind: 'refused', problem })
})

test.each([
  ['export default { pathes: [] }\n', 'cookbook.config.ts:1:18: "pathes" is no option (did you mean paths?)'],
  ['export const paths = []\n', 'cookbook.config.ts:1:1: it has no default export'],
])('in TypeScript %j is refused', async (text, problem) => {
  write('cookbook.config.ts', text)
  expect(await withConfig(['--trust'], folder)).toMatchObject({ problem: expect.stringContaining(problem) })
})

test('one that is a program is run only where it is named, or with --trust', async () => {
  const ran = join(folder, 'ran')
  const program = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\nexport default {}\n`
  write('cookbook.config.ts', program)
  expect(await withConfig(['a.md'], folder)).toMatchObject({
    problem: expect.stringContaining('cookbook.config.ts is a program'),
  })
  expect(existsSync(ran)).toBe(false)
  expect(await withConfig(['a.md', '--trust'], folder)).toMatchObject({ args: ['a.md', '--trust'] })
  expect(existsSync(ran)).toBe(true)
})

test.each([
  ['include', ['/etc']],
  ['include', ['inner', '../..']],
  ['project', 'link'],
  ['paths', ['../secret/*.md']],
  ['baseline', '../audit.json'],
])('one that is found names nothing outside of its repository: %s %j', async (key, value) => {
  symlinkSync(tmpdir(), join(folder, 'link'))
  mkdirSync(join(folder, 'inner'))
  write('cookbook.config.json', JSON.stringify({ [key]: value }))
  expect(await withConfig([], join(folder, 'inner'))).toMatchObject({
    problem: expect.stringContaining('which lies outside of its repository'),
  })
  const named = ['--config', '../cookbook.config.json']
  expect(await withConfig(named, join(folder, 'inner'))).toMatchObject({ kind: 'configured' })
})

test('one that is no regular file, too long or too deep is refused', async () => {
  const problem = async () => {
    const read = await withConfig([], folder)
    rmSync(join(folder, 'cookbook.config.json'))
    return 'problem' in read ? read.problem : null
  }
  execFileSync('mkfifo', [join(folder, 'cookbook.config.json')])
  expect(await problem()).toBe('cookbook.config.json is no regular file')
  write('cookbook.config.json', ' '.repeat(2 ** 20 + 1))
  expect(await problem()).toContain('cookbook.config.json is longer than')
  write('cookbook.config.json', '['.repeat(500_000))
  expect(await problem()).toContain('cookbook.config.json')
})

test('a file that is named and is not there is refused', async () => {
  expect(await withConfig(['--config=none.json'], folder)).toMatchObject({
    problem: expect.stringContaining('none.json is not there'),
  })
})

test('--init writes one that names the pages, once', async () => {
  expect(writeConfig(folder)).toMatchObject({ problem: expect.stringContaining('no Markdown is here') })
  write('README.md', '')
  write('docs/deep/page.md', '')
  write('guide/page.txt', '')
  expect(writeConfig(folder)).toEqual({ kind: 'written', file: 'cookbook.config.json' })
  expect(JSON.parse(readFileSync(join(folder, 'cookbook.config.json'), 'utf8')).paths).toEqual([
    'README.md',
    'docs',
  ])
  expect(await withConfig([], folder)).toMatchObject({ args: ['--fail-on=error,untried'] })
  expect(writeConfig(folder)).toMatchObject({ problem: expect.stringContaining('is there already') })
})
