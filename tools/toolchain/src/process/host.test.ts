import { symlinkSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { hostFolder } from '../../test/host-folder.ts'
import { runOnHost } from './host.ts'

const { path, run, sh } = hostFolder()

test('arguments arrive as they are, whatever a shell would make of them', async () => {
  const odd = [
    'two words',
    '',
    "it's",
    '"quoted"',
    '$HOME $(id) `id`',
    'a\nb\r\nc\td',
    '\\',
    '*',
    '-rf',
    '~',
    'sheep; exit 3',
    'wool & | > <',
    'Schäfchen 🐑',
    '!!',
    '{a,b}',
    '#',
    '--',
  ]
  const script = 'console.log(JSON.stringify(process.argv.slice(1)))'
  const outcome = await run(process.execPath, ['-e', script, '--', ...odd])
  expect(JSON.parse(outcome.stdout)).toEqual(odd)
})

test('a program may have a name that a shell would take apart', async () => {
  const program = path("an odd 'name' $HOME")
  expect(await run('cp', ['/bin/echo', program])).toMatchObject({ kind: 'exited', code: 0 })
  expect(await run(program, ['baa'])).toMatchObject({ kind: 'exited', code: 0, stdout: 'baa\n' })
})

test('a program that is not there is missing, not an exit code', async () => {
  for (const program of ['no-such-program', './no-such-program', '/no/such/program', path()])
    expect(await run(program, [])).toMatchObject({ kind: 'missing', program })
})

test('a program is not found in a place of PATH that cannot be looked into', async () => {
  // Another user's folder hides nothing from root; a loop hides it from everybody.
  symlinkSync('loop', path('loop'))
  const command = { program: 'program', args: [], cwd: path(), timeoutMs: 20_000 }
  expect(await runOnHost(command, { PATH: path('loop') })).toMatchObject({ kind: 'missing' })
})

test('a file that is not executable is missing', async () => {
  await sh('echo echo > script')
  expect(await run('./script', [])).toMatchObject({ kind: 'missing' })
})

test('the exit code and both streams are told apart', async () => {
  const outcome = await sh('echo out; echo err >&2; exit 7')
  expect(outcome).toMatchObject({
    kind: 'exited',
    code: 7,
    stdout: 'out\n',
    stderr: 'err\n',
    truncated: false,
  })
  expect(outcome.durationMs).toBeGreaterThan(0)
})

test('of much output the end is kept', async () => {
  const outcome = await sh('seq 1 1000', { keepBytes: 100 })
  expect(outcome).toMatchObject({ kind: 'exited', code: 0, truncated: true })
  expect(outcome.stdout).toMatch(/\n999\n1000\n$/)
  expect(outcome.stdout).toHaveLength(100)
})

test('a secret of the caller does not reach a command, and what it is given does', async () => {
  vi.stubEnv('COOKBOOK_SECRET', 'wool')
  vi.stubEnv('RUSTFLAGS', '--cfg wool')
  const outcome = await sh('env', { env: { GIVEN: 'yes' } })
  vi.unstubAllEnvs()
  expect(outcome.stdout).not.toContain('wool')
  expect(outcome.stdout).toContain('GIVEN=yes\n')
  expect(outcome.stdout).toContain('LC_ALL=C.UTF-8\n')
})

test('standard input is empty', async () => {
  expect(await sh('cat; echo end')).toMatchObject({ kind: 'exited', stdout: 'end\n' })
})

test('a command whose input stays open does not run what a login would', async () => {
  writeFileSync(path('.bashrc'), 'exit 7\n')
  const command = { program: 'echo', args: ['said'], cwd: path(), timeoutMs: 20_000 }
  for (const level of [{}, { SHLVL: '0' }]) {
    const env = { PATH: process.env.PATH ?? '', HOME: path(), ...level }
    expect(await runOnHost(command, env, 'pipe')).toMatchObject({ kind: 'exited', code: 0, stdout: 'said\n' })
  }
})
