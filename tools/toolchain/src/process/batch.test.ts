import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { batch } from './batch.ts'

function ask(program: string, ...args: string[]) {
  return { program, args, cwd: '/', timeoutMs: 1000 }
}

test('questions asked in one go are one script, and each gets its own answer', async () => {
  const scripts: string[] = []
  const run = batch(async (script) => {
    scripts.push(script)
    return execFileSync('sh', ['-c', script], { encoding: 'utf8' })
  })
  const hostile = `it's "$HOME" \\ $(id) \n end`
  const [late, plain, failed, missing] = await Promise.all([
    run(ask('sh', '-c', 'sleep 0.2; echo late')),
    run(ask('printf', '%s', hostile)),
    run(ask('sh', '-c', 'echo said; echo unheard >&2; exit 3')),
    run(ask('no-such-tool', '--version')),
  ])
  expect(scripts).toHaveLength(1)
  expect(late).toMatchObject({ kind: 'exited', code: 0, stdout: 'late\n' })
  expect(plain).toMatchObject({ kind: 'exited', code: 0, stdout: hostile })
  expect(failed).toMatchObject({ kind: 'exited', code: 3, stdout: 'said\n' })
  expect(missing).toMatchObject({ kind: 'missing', program: 'no-such-tool' })
})

test('when the script cannot be run, every tool is missing', async () => {
  const run = batch(async () => null)
  expect(await run(ask('rustc', '-vV'))).toMatchObject({ kind: 'missing', program: 'rustc' })
})
