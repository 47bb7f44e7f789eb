import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { added } from './assembled.ts'
import { jsonLine } from './json-line.ts'
import { type Bench, filesRead, writePackage } from './package.ts'

let home: string
let bench: Bench

const assembled = { name: 'guide', files: new Map([['src/main.rs', [added('fn main() {}')]]]), helps: [] }

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'package-'))
  const [dir, target] = [join(home, 'package'), join(home, 'target')]
  mkdirSync(dir)
  mkdirSync(join(target, 'debug'), { recursive: true })
  const toolchain = {
    kind: 'host' as const,
    id: '',
    seeds: '',
    tools: [],
    missing: [],
    run: () => Promise.reject(new Error('not asked')),
  }
  bench = {
    toolchain,
    folder: home,
    lock: '',
    dir,
    target,
    sanitizedTarget: target,
    isolated: false,
    sanitize: false,
  }
})

afterEach(() => rmSync(home, { recursive: true }))

test('a folder that a program put in a file’s place gives way to the file', async () => {
  mkdirSync(join(bench.dir, 'src/main.rs/more'), { recursive: true })
  mkdirSync(join(bench.dir, 'Cargo.lock'))
  await writePackage(bench, assembled)
  expect(readFileSync(join(bench.dir, 'src/main.rs'), 'utf8')).toBe('fn main() {}\n')
  expect(existsSync(join(bench.dir, 'Cargo.lock'))).toBe(false)
})

test('of what compilers have read, a file that is far too long tells nothing', async () => {
  const info = join(bench.target, 'debug/guide.d')
  writeFileSync(info, 'guide: src/main.rs\n')
  expect([...(await filesRead(bench, assembled))]).toEqual(['src/main.rs', 'Cargo.toml'])
  writeFileSync(info, `guide: src/main.rs\n${' '.repeat(5 * 1024 * 1024)}`)
  expect([...(await filesRead(bench, assembled))]).toEqual(['Cargo.toml'])
})

test('a line that only looks like JSON is none', () => {
  expect(['{"a":1}', '{ not JSON', '{"a":', 'error: {}'].map(jsonLine)).toEqual([{ a: 1 }, null, null, null])
})
