import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandEvidence } from '@cookbook/evidence'
import { writeEvidence } from '@cookbook/evidence/write'
import { writeFileAtomic } from '@cookbook/toolchain'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { observed } from '../../../evidence/test/observed.ts'
import { shellLoop } from './shell-loop.ts'

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shell-loop-')))
  onTestFinished(() => rmSync(root, { recursive: true }))
})

const sh = (
  script: string,
  exitStatus: CommandEvidence['exitStatus'],
  limitMs = 10_000,
): CommandEvidence => ({
  ...{ program: 'sh', args: ['-c', script], cwd: root, env: {}, limitMs, exitStatus, durationMs: 1 },
})

async function run(...commands: CommandEvidence[]) {
  await writeEvidence(join(root, 'patterns/a'), observed({ commands }))
  const script = join(root, 'loop.sh')
  await writeFileAtomic(script, shellLoop(root, ['a'], join(root, 'shared')))
  return spawnSync('bash', [script], { encoding: 'utf8' })
}

const GOOD = { kind: 'exited', code: 0 } as const

test('what failed, was killed or never ended in the verification does so in the loop', async () => {
  const { status, stdout } = await run(
    sh('exit 3', { kind: 'exited', code: 3 }),
    sh('kill -ABRT $$', { kind: 'signaled', signal: 'SIGABRT' }),
    sh('sleep 1000', { kind: 'timed-out', limitMs: 200 }, 200),
    sh('true', GOOD),
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test('the loop ends with the first command that ends otherwise', async () => {
  const { status, stdout } = await run(sh('exit 4', GOOD), sh('touch later', GOOD))
  expect(status).toBe(1)
  expect(stdout).toContain('ended with 4, expected 0: ')
})

test('a command has its folder and its variables, and nothing that only the harness hears', async () => {
  const target = join(root, 'target/0123456789abcdef/a')
  const command = {
    ...sh('[ "$WORD" = "two words" ] && [ -z "$LD_PRELOAD" ] && [ "$PWD" = / ] && [ "$#" = 0 ]', GOOD),
    cwd: '/',
    env: { WORD: 'two words', LD_PRELOAD: '/nowhere.so' },
  }
  const { status, stdout } = await run(
    { ...command, args: [...command.args, '--logfile', `${target}/log`] },
    sh(`[ "${target}" = "${join(root, 'shared')}" ]`, GOOD),
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test('a loop longer than an argument may be runs', async () => {
  const { status } = await run(...Array.from({ length: 40 }, () => sh(`: ${'x'.repeat(10_000)}`, GOOD)))
  expect(status).toBe(0)
})
