import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { nothingSelected } from '../src/verify/turbo.ts'
import { readVerify } from '../src/verify/verify-command.ts'

// What does nothing is never green.

const ROOT = join(import.meta.dirname, '../../..')
const MAIN = join(import.meta.dirname, '../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'cookbook-nothing-'))
afterAll(() => rmSync(folder, { recursive: true }))

function cookbook(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, npm_lifecycle_event: '' }
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: ROOT, encoding: 'utf8', env })
}

test.each(['verify', 'audit', 'sync', 'watch', 'doctor'])(
  '%s --help prints how it is typed, and does nothing else',
  (name) => {
    const { status, stdout, stderr } = cookbook(name, '--help')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: .*${name}`))
  },
)

test('verify --version prints a version', () => {
  expect(cookbook('verify', '--version')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})

test.each(['--filter=!*', '--filter=no-such-chapter', '--filter=no-such-*'])(
  'verify %s selects nothing',
  (filter) => {
    const { status, stdout, stderr } = cookbook('verify', filter)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(
      /^verify: (nothing was selected|No package found with name 'no-such-chapter').*\n {2}name a chapter: /,
    )
  },
)

test.each(['--dry=json', '--graph'])('verify %s is what turbo says', (option) => {
  const { status, stdout } = cookbook('verify', option)
  expect(status).toBe(0)
  expect(stdout).toContain('whole-guide#verify')
})

describe('an audit of what shows nothing', () => {
  test.each([
    ['page.org', '#+begin_src rust\nfn main() {}\n#+end_src\n', 'is no document'],
    ['lib.rs', 'fn main() {}\n', 'expected documentation of rustdoc'],
    ['empty.md', '# A page\n\nOnly words.\n', 'shows no block'],
  ])('%s', (name, text, problem) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    const { status, stdout, stderr } = cookbook('audit', '--trust', path)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(problem)
  })
})

test('what npm kept for itself is named, with what to type', () => {
  const env = { npm_lifecycle_event: 'verify', npm_config_filter: 'oneshot' }
  expect(readVerify([], env)).toEqual({
    kind: 'refused',
    problem: 'npm kept --filter for itself, so everything would be verified',
    fix: 'write -- before it: npm run verify -- --filter=oneshot',
  })
  expect(readVerify([], { npm_lifecycle_event: 'verify', npm_config_force: 'true' })).toMatchObject({
    fix: expect.stringMatching(/-- --force$/),
  })
  expect(readVerify([], { npm_config_filter: 'oneshot' })).toMatchObject({ kind: 'verify' })
})

test('a run that reached a chapter selected something, and one that failed before says why itself', () => {
  const task = { package: 'oneshot', task: 'verify', cached: true, output: [] }
  expect(nothingSelected({ passed: true, tasks: [task], words: [] })).toBeNull()
  expect(nothingSelected({ passed: false, tasks: [], words: ['turbo.json is malformed'] })).toBeNull()
})

test.each([
  [['verfy'], '"verfy" is not a command (did you mean verify?)'],
  [['verify', 'onshot'], 'no pattern is named onshot (did you mean oneshot?)'],
  [['sync', '--form-chapter'], "unknown option '--form-chapter' (Did you mean --from-chapter?)"],
])('%j: what was probably meant is said, and nothing is done', (args, problem) => {
  const { status, stdout, stderr } = cookbook(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(problem)
})

test('a chapter is named by its name alone, and a word behind an option of turbo is none', () => {
  const rest = (...args: string[]) => {
    const options = readVerify(args, {}, ['oneshot', 'stream'])
    return options.kind === 'verify' ? options.rest : options
  }
  expect(rest('oneshot', '--force', 'stream')).toEqual(['--filter=oneshot', '--force', '--filter=stream'])
  expect(rest('--concurrency', '2', '--filter=stream')).toEqual(['--concurrency', '2', '--filter=stream'])
  expect(rest('--filter', 'oneshot')).toEqual(['--filter', 'oneshot'])
  expect(rest('--', 'fech')).toEqual(['--', 'fech'])
})
