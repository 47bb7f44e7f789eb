import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Outcome, Toolchain } from '@cookbook/toolchain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchAside, refusal } from './gate.ts'

let folder: string
let stub: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'))
  stub = join(folder, 'stubs/one')
  mkdirSync(join(stub, '.cargo'), { recursive: true })
  writeFileSync(join(stub, 'Cargo.toml'), '[dependencies]\nevil = "1"\n')
  writeFileSync(join(stub, 'Cargo.lock'), 'old')
})

afterEach(() => rmSync(folder, { recursive: true }))

const cargo = (more: Partial<Command> = {}): Command => ({
  program: 'cargo',
  args: ['fetch'],
  cwd: stub,
  timeoutMs: 1000,
  ...more,
})

test('a crate that is not allowed is refused, with and without the network', async () => {
  for (const network of [true, false])
    expect(await refusal(cargo({ network }), new Set())).toMatchObject({
      code: 101,
      stderr: expect.stringContaining('--allow-crate evil'),
    })
  expect(await refusal(cargo(), new Set(['evil']))).toBeNull()
})

test('nothing is fetched for a manifest that cannot be read', async () => {
  writeFileSync(join(stub, 'Cargo.toml'), '[dependencies')
  expect(await refusal(cargo({ network: true }), new Set())).toMatchObject({ code: 101 })
  expect(await refusal(cargo(), new Set())).toBeNull()
})

test('what is fetched is fetched in another folder, where a configuration left behind is not found', async () => {
  writeFileSync(join(stub, '.cargo/config.toml'), 'evil')
  const seen: { command: Command; files: string[] }[] = []
  const run = async (command: Command): Promise<Outcome> => {
    const files = ['Cargo.toml', 'Cargo.lock'].map((name) => readFileSync(join(command.cwd, name), 'utf8'))
    seen.push({ command, files })
    writeFileSync(join(command.cwd, 'Cargo.lock'), 'new')
    return { kind: 'exited', code: 0, stdout: '', stderr: '', truncated: false, durationMs: 1 }
  }
  const outside: Toolchain = { kind: 'host', id: '', seeds: '', tools: [], missing: [], run }
  await fetchAside(outside, join(folder, 'aside'), cargo({ network: true }))
  expect(seen).toMatchObject([
    { command: { cwd: join(folder, 'aside/one') }, files: [expect.stringContaining('evil'), 'old'] },
  ])
  expect(readFileSync(join(stub, 'Cargo.lock'), 'utf8')).toBe('new')
})
