import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 60_000 })

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tell-'))
  const gh = `#!/bin/sh
if [ "$2" = list ]; then echo '[{"title":"Nightly: stream with g++"}]'; exit; fi
for word; do echo "$word"; done >>'${folder}/calls'
`
  writeFileSync(join(folder, 'gh'), gh)
  chmodSync(join(folder, 'gh'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true }))

function artifact(name: string, title: string, text = 'text\n'): void {
  const path = join(folder, 'issues', name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'title'), title)
  writeFileSync(join(path, 'text.md'), text)
}

function report(): { status: number | null; calls: string[]; said: string } {
  const program = join(import.meta.dirname, '../src/report.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, join(folder, 'issues')], {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    encoding: 'utf8',
  })
  let calls: string[] = []
  try {
    calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
  } catch {}
  return { status, calls, said: stdout + stderr }
}

test('an issue is opened for each new title, with words that no shell reads', () => {
  artifact('issue-0', 'Nightly: oneshot with $(id) "g++"')
  artifact('issue-1', 'Nightly: stream with g++')
  artifact('issue-2', 'Nightly: oneshot with $(id) "g++"')
  const { status, calls, said } = report()
  expect(status, said).toBe(0)
  const text = `--body-file=${join(folder, 'issues/issue-0/text.md')}`
  expect(calls).toEqual(['issue', 'create', '--title=Nightly: oneshot with $(id) "g++"', text])
  expect(said.match(/open already/g)).toHaveLength(2)
})

test.each([
  ['of another kind', 'Buy now', 'text'],
  ['of two lines', 'Nightly: a\nb', 'text'],
  ['too long', `Nightly: ${'a'.repeat(300)}`, 'text'],
  ['with a text too long', 'Nightly: a', 'a'.repeat(70_000)],
])('a title %s is refused', (_, title, text) => {
  artifact('issue-0', title, text)
  const { status, calls } = report()
  expect([status, calls]).toEqual([1, []])
})
