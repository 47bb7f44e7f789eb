import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Outcome, Toolchain } from '@cookbook/toolchain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchSeparately, refusal } from './gate.ts'

let folder: string
let input: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'))
  input = join(folder, 'seeds/one/input')
  mkdirSync(join(input, '.cargo'), { recursive: true })
  writeFileSync(join(input, 'Cargo.toml'), '[dependencies]\nevil = "1"\n')
  writeFileSync(join(input, 'Cargo.lock'), 'old')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a crate that is not allowed is refused', async () => {
  expect(await refusal(input, new Set())).toMatchObject({
    code: 101,
    stderr: expect.stringContaining('--allow-crate evil'),
  })
  expect(await refusal(input, new Set(['evil']))).toBeNull()
})

test('a manifest that cannot be read is refused', async () => {
  writeFileSync(join(input, 'Cargo.toml'), '[dependencies')
  expect(await refusal(input, new Set())).toMatchObject({ code: 101 })
})

const CRATE = `[[package]]\nname = "wool"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${'0'.repeat(64)}"\n`
const OF_GIT = '[[package]]\nname = "wool"\nversion = "1.0.0"\nsource = "git+file:///tmp/wool#0"\n'
const UNCHECKED = CRATE.replace(/checksum.*\n/, '')

/** Fetches with a cargo that resolves to `lock`, and tells where it did. */
async function fetched(lock: string) {
  const seen: { cwd: string; files: string[] }[] = []
  const run = async ({ cwd }: Command): Promise<Outcome> => {
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
    seen.push({ cwd, files: ['Cargo.toml', 'Cargo.lock', '.cargo/config.toml'].map(read) })
    writeFileSync(join(cwd, 'Cargo.lock'), lock)
    return { kind: 'exited', code: 0, stdout: '', stderr: '', truncated: false, durationMs: 1 }
  }
  const outside: Toolchain = { kind: 'host', id: '', seeds: '', tools: [], missing: [], run }
  writeFileSync(join(input, '.cargo/config.toml'), 'evil')
  const command = { program: 'cargo', args: ['fetch'], cwd: input, timeoutMs: 1000, network: true }
  const outcome = await fetchSeparately(outside, join(folder, 'fetches'), command)
  return { outcome, seen }
}

test('what is fetched is fetched in a folder of its own, with no configuration but the machine’s', async () => {
  const { outcome, seen } = await fetched(CRATE)
  expect(outcome).toMatchObject({ code: 0 })
  expect(seen).toMatchObject([{ files: ['[dependencies]\nevil = "1"\n', 'old', ''] }])
  expect(seen[0]!.cwd.startsWith(join(folder, 'fetches/'))).toBe(true)
  expect([existsSync(seen[0]!.cwd), readdirSync(join(folder, 'fetches'))]).toEqual([false, []])
  expect(readFileSync(join(input, 'Cargo.lock'), 'utf8')).toBe(CRATE)
})

test.each([
  ['of git', OF_GIT],
  ['without a checksum', UNCHECKED],
  ['of another registry', CRATE.replace('github.com/rust-lang', '127.0.0.1')],
])('a crate %s is not built', async (_, lock) => {
  const { outcome } = await fetched(`${CRATE.replace('wool', 'good')}${lock}`)
  expect(outcome).toMatchObject({ code: 101, stderr: expect.stringContaining('wool 1.0.0 is not a crate') })
  expect(readFileSync(join(input, 'Cargo.lock'), 'utf8')).toBe('old')
})
