import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { execute } from './exec.ts'

const command = { program: 'true', args: [], cwd: '/', timeoutMs: 1_000 }
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-'))
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function client(lines: string): void {
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${lines}\n`)
  chmodSync(join(folder, 'docker'), 0o755)
}

test('a client that ends without a receipt has lost the command, in its last words', async () => {
  client('echo "first" >&2; echo "Error: No such container: cookbook" >&2; exit 1')
  expect(await execute('cookbook', command, {})).toEqual({
    kind: 'lost',
    said: 'Error: No such container: cookbook',
  })
})

test('an engine that never answers is given up, soon after the limit of the command', async () => {
  client(`touch "${folder}/begun"; sleep 600`)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const executed = execute('cookbook', command, {})
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(16_001)
  expect(await executed).toEqual({ kind: 'lost', said: 'the engine did not answer within 16 s' })
})
