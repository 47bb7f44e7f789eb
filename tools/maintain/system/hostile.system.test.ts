import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { openSandbox } from '@cookbook/audit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openRoom } from '../../audit/src/crates/room.ts'
import { auditHostile, type Harm } from '../../audit/test/hostile.ts'
import { AS_BUILD_SCRIPT, AS_PROGRAM } from '../../audit/test/hostile-expected.ts'

// No harm is done, the audit ends within its limits, and the report says what happened.
describe('a hostile program in bubblewrap', () => {
  let harm: Harm
  beforeAll(async () => {
    harm = await auditHostile('bubblewrap', 'program')
  })

  test.each(Object.entries(AS_PROGRAM))('%s', (guide, expected) => {
    expect(harm.reported.get(guide)?.verdicts).toMatch(expected.verdicts)
    expect(harm.reported.get(guide)?.printed).toMatch(expected.printed)
  })

  test('every guide is expected to do something', () => {
    expect(Object.keys(AS_PROGRAM).sort()).toEqual([...harm.reported.keys()].sort())
  })

  test('nothing is strewn about, taken away, reached or left running', () => {
    expect(harm).toMatchObject({ strewn: [], survivors: [], precious: 'precious', calls: 0 })
    expect(harm.durationMs).toBeLessThan(120_000)
  })
})

describe('a hostile build script in bubblewrap', () => {
  let harm: Harm
  beforeAll(async () => {
    harm = await auditHostile('bubblewrap', 'build script')
  })

  test.each(Object.entries(AS_BUILD_SCRIPT))('%s', (guide, verdicts) => {
    expect(harm.reported.get(guide)?.verdicts).toMatch(verdicts)
  })

  test('every guide is expected to do something', () => {
    expect(Object.keys(AS_BUILD_SCRIPT).sort()).toEqual([...harm.reported.keys()].sort())
  })

  test('nothing is strewn about, taken away, reached or left running', () => {
    expect(harm).toMatchObject({ strewn: [], survivors: [], precious: 'precious', calls: 0 })
    expect(harm.durationMs).toBeLessThan(120_000)
  })
})

const root = join(import.meta.dirname, '../../..')

test('a command is ended when the machine has too little memory left, wherever the rest went', async () => {
  const workFolder = mkdtempSync(join(tmpdir(), 'cookbook-spare-'))
  const limits = { spareBytes: totalmem() }
  const opened = await openSandbox({ root, workFolder, choice: 'bubblewrap', allowed: new Set(), limits })
  onTestFinished(() => rmSync(workFolder, { recursive: true }))
  // On a slow machine the limit already ends the command that tries the sandbox.
  if (opened.kind === 'unavailable') return expect(opened.problem).toContain('memory were left')
  const command = {
    program: 'sleep',
    args: ['20'],
    cwd: (await openRoom(opened.folder, 'groups')).work,
    timeoutMs: 30_000,
  }
  expect(await opened.toolchain.run(command)).toMatchObject({
    kind: 'sandbox-limit',
    reason: expect.stringContaining('memory were left'),
  })
})

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cookbook-audit-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const auditing = (guide: string, env: Record<string, string> = {}) =>
    spawnSync(
      process.execPath,
      ['tools/cli/src/main.ts', 'audit', '--work-folder', join(folder, 'work'), '--no-cache', guide],
      { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
    )

  test('obeys no guide, and has no log or terminal obey it', () => {
    const { status, stdout, stderr } = auditing('tools/audit/fixtures/hostile/prints-commands.md')
    expect(status).toBe(1)
    expect(stdout).toContain('you have been hacked')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]|^\s*(?:::|##)/m)
  })

  test('without a sandbox tries nothing, and says what to do', () => {
    const programs = join(folder, 'bin')
    withoutBubblewrap(programs)
    const PATH = [join(root, 'node_modules/.bin'), programs].join(':')
    const env = { PATH, DOCKER_HOST: 'unix:///nowhere/docker.sock' }
    const { status, stdout, stderr } = auditing('tools/audit/fixtures/hostile/sleeps.md', env)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(
      /untrusted code needs a sandbox, and none is available: bubblewrap .* was not found; the Docker engine/,
    )
    expect(stderr).toMatch(
      /apt-get install bubblewrap; .*start it: .*; or, for a guide .* with all your rights.*: --trust$/m,
    )
  })

  function withoutBubblewrap(programs: string): void {
    mkdirSync(programs)
    for (const folder of process.env.PATH!.split(':').filter(existsSync).toReversed())
      for (const name of readdirSync(folder)) {
        rmSync(join(programs, name), { force: true })
        if (name !== 'bwrap') symlinkSync(join(folder, name), join(programs, name))
      }
  }
})
