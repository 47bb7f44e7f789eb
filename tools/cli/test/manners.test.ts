import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { which } from '@cookbook/toolchain/which'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { COMMANDS } from '../src/commands.ts'
import { takeManners } from '../src/manners.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MAIN = join(import.meta.dirname, '../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'cookbook-manners-'))
afterAll(() => rmSync(folder, { recursive: true }))
// Each test starts whole commands, which wait for each other on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })
const GOOD = '# Page\n\n```cpp\nint main() {}\n```\n'
const BAD = '# Page\n\n```cpp\nint main() { return "no"; }\n```\n'

function cookbook(args: readonly string[], { input = '', env = {} }: { input?: string; env?: object } = {}) {
  const { FORCE_COLOR: _, NO_COLOR: __, CI: ___, ...own } = process.env
  const options = {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...own, npm_lifecycle_event: '', ...env },
    input,
  } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], options)
  return { status, stdout, stderr }
}
const audit = (page: string, ...args: string[]) =>
  cookbook(['audit', '--trust', ...args, '-'], { input: page })

test('--color and --quiet are taken wherever they stand before --', () => {
  expect(takeManners(['a.md', '--color', 'never', '-q', '--trust', '--', '--quiet'])).toEqual({
    kind: 'taken',
    color: 'never',
    quiet: true,
    rest: ['a.md', '--trust', '--', '--quiet'],
  })
  expect(takeManners([])).toEqual({ kind: 'taken', color: 'auto', quiet: false, rest: [] })
})

test.each([
  [['--color=sometimes'], '--color sometimes: expected one of auto, always, never'],
  [['--color'], '--color says nothing: expected one of auto, always, never'],
])('%j is refused', (args, problem) => {
  expect(takeManners(args)).toEqual({ kind: 'refused', problem })
})

test.each(Object.keys(COMMANDS))('%s says in its help that it takes them', (name) => {
  const { stdout } = cookbook([name, '--help', '--quiet'])
  expect(stdout).toContain('--color <auto|always|never>')
  expect(stdout).toContain('-q, --quiet')
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
})

test('without a command the help names them all', () => {
  const { status, stdout } = cookbook(['--help'])
  expect(status).toBe(0)
  const named = stdout.split('\n').flatMap((line) => /^ {2}(\w+) +\S/.exec(line)?.[1] ?? [])
  expect(named.sort()).toEqual(Object.keys(COMMANDS).sort())
})

test('a page of standard input is audited, and quiet is silent only where all is well', () => {
  expect(audit(GOOD, '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' })
  const { status, stdout } = audit(BAD, '--quiet')
  expect(status).toBe(1)
  expect(stdout).toMatch(/^ {4}stdin\.md:4:\d+ block-fails: /m)
  expect(audit('', '--quiet')).toMatchObject({ status: 2, stderr: expect.stringContaining('shows no block') })
})

test('what is painted is what --color says', () => {
  const painted = '\u001b['
  expect(audit(BAD).stdout).not.toContain(painted)
  expect(audit(BAD, '--color=always').stdout).toContain(painted)
  const forced = { env: { FORCE_COLOR: '1' }, input: BAD }
  expect(cookbook(['audit', '--trust', '--color=never', '-'], forced).stdout).not.toContain(painted)
})

test('audit --json is --format json, and not both', () => {
  expect(JSON.parse(audit(GOOD, '--json').stdout)).toMatchObject({ format: 'cookbook-audit', failed: false })
  expect(audit(GOOD, '--json', '--format=text')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--json and --format are both there'),
  })
})

test('the doctor heeds what is named', () => {
  const { status, stdout } = cookbook(['doctor', '--json', 'http-client'])
  expect(status).toBe(0)
  const { verifies, needs } = JSON.parse(stdout)
  expect(verifies).toContain('on the host')
  expect(needs.every((need: { for: string[] }) => need.for.join() === 'http-client')).toBe(true)
  expect(needs).not.toEqual([])
})

test('a name that is no chapter is refused by the doctor', () => {
  expect(cookbook(['doctor', 'http-clint'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no pattern is named http-clint (did you mean http-client?)'),
  })
})

test('the doctor ends with 3 where nothing can be verified', () => {
  const bare = cookbook(['doctor', '--color=always'], { env: { PATH: folder, CXX: '' } })
  expect(bare.status, bare.stdout).toBe(3)
  expect(bare.stdout).toContain('the guide cannot be verified here')
  expect(bare.stdout).toContain('\u001b[1mon the host')
})

describe('completion', () => {
  const script = (shell: string) => {
    const path = join(folder, `completion.${shell}`)
    writeFileSync(path, cookbook(['completion', shell]).stdout)
    return path
  }
  const said = (program: string, args: readonly string[]) =>
    spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' }).stdout.trim()

  test('of bash: commands, options, values and patterns', () => {
    const words = (line: string) =>
      said('bash', [
        '-c',
        `source "$0"; COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _cookbook 2>/dev/null; echo "\${COMPREPLY[*]}"`,
        script('bash'),
      ])
    expect(words('cookbook au')).toBe('audit')
    expect(words('cookbook audit --fail')).toBe('--fail-on')
    expect(words('cookbook audit --no-ca')).toBe('--no-cache')
    expect(words('cookbook audit --sandbox ""')).toBe('auto bubblewrap docker')
    expect(words('cookbook verify ones')).toBe('oneshot')
  })

  test('of fish', ({ skip }) => {
    if (which('fish', process.env.PATH ?? '', '/') === null) skip('fish is not on this machine')
    const words = (line: string) =>
      said('fish', ['--no-config', '-c', `source ${script('fish')}; complete -C '${line}'`])
    expect(words('cookbook audit --fail')).toMatch(/^--fail-on\terror, /)
    expect(words('cookbook verify ones')).toBe('oneshot')
    expect(words('cookbook audit --sandbox b')).toMatch(/^bubblewrap\t/)
  })

  test('of zsh', ({ skip }) => {
    if (which('zsh', process.env.PATH ?? '', '/') === null) skip('zsh is not on this machine')
    const loaded = `autoload -U compinit; compinit -u -D; source ${script('zsh')}; print $_comps[cookbook]`
    expect(said('zsh', ['-f', '-c', loaded])).toBe('_cookbook')
  })

  test.each([[[]], [['tcsh']], [['bash', 'zsh']]])('%j is refused', (args) => {
    expect(cookbook(['completion', ...args])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('expected one of bash, zsh, fish'),
    })
  })
})
