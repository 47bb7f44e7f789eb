import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const SOURCES = join(import.meta.dirname, '../src')
vi.setConfig({ testTimeout: 60_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflows-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(program: string, args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(SOURCES, program), ...args], {
    env: { PATH: `${folder}:${process.env.PATH}`, ...env },
    encoding: 'utf8',
  })
}

test('the image has one name and one key, which the runner reads from its file', () => {
  const file = join(folder, 'output')
  const { status, stderr } = run('main.ts', ['image'], { GITHUB_OUTPUT: file })
  expect(status, stderr).toBe(0)
  const [, hash] = /^image=cxx-async-cookbook\/toolchain:([0-9a-f]{12})\n/.exec(readFileSync(file, 'utf8'))!
  expect(readFileSync(file, 'utf8')).toContain(`\nkey=cxx-async-cookbook-toolchain-${hash}\n`)
})

test('an unknown command is refused with those that there are', () => {
  const { status, stderr } = run('main.ts', ['release'])
  expect([status, stderr]).toEqual([2, 'workflows: expected matrix, image, issue\n'])
})

test('a matrix without a base is refused, and nothing is put out', () => {
  const { status, stdout, stderr } = run('main.ts', ['matrix', '--base='])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('is not the hash of a commit')
})

test('the issue that one job writes is one that the other takes', () => {
  writeFileSync(join(folder, 'night.log'), 'error: ::stop-commands::x\nthe last line\n')
  const options = ['--under=newest crates', `--log=${join(folder, 'night.log')}`, `--out=${folder}`]
  const written = run('main.ts', ['issue', ...options])
  expect(written.status, written.stderr).toBe(0)
  const gh = `#!/bin/sh\ncase "$2" in list) echo '[]';; *) echo "$@" >'${folder}/opened';; esac\n`
  writeFileSync(join(folder, 'gh'), gh)
  chmodSync(join(folder, 'gh'), 0o755)
  const reported = run('report.ts', [folder])
  expect(reported.status, reported.stderr).toBe(0)
  expect(readFileSync(join(folder, 'opened'), 'utf8')).toMatch(
    /^issue create --title=Nightly: .* with newest crates /,
  )
  expect(readFileSync(join(folder, 'text.md'), 'utf8')).toContain('### Versions')
})
