import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { endTree } from '../src/watch/end-tree.ts'
import { look } from '../src/watch/look.ts'
import { isAlive } from './alive.ts'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-watch-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  write('Cargo.toml', '[workspace]\n')
  write('Cargo.lock', 'version = 4\n')
  write('patterns/fetch/package.json', '{}')
  write('patterns/fetch/src/lib.rs', 'fn fetch() {}\n')
  write('patterns/fetch/tests/answers.rs', '#[test]\nfn answers() {}\n')
  write(
    'patterns/fetch/README.md',
    '# Fetch\n\n```rust src/lib.rs\nfn fetch() {}\n```\n\n## What can go wrong\n\n- It answers. [proved](tests/answers.rs#answers)\n',
  )
})

const read = (path: string) => readFileSync(join(root, path), 'utf8')
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
function edit(path: string, found: string, by: string): void {
  expect(read(path)).toContain(found)
  write(path, read(path).replace(found, by))
}

test('prose makes no proof worthless, though it is another text', async () => {
  const before = await look(root, 'fetch')
  expect(before).toMatchObject({ examples: 1, claims: 1, findings: [] })
  edit('patterns/fetch/README.md', '# Fetch\n', '# Fetch\n\nUse it.\n')
  const after = await look(root, 'fetch')
  expect(after.key).toBe(before.key)
  expect(after.text).not.toBe(before.text)
})

test('a fence that drifts is found at once, and has nothing to prove', async () => {
  const before = await look(root, 'fetch')
  edit('patterns/fetch/README.md', 'fn fetch() {}', 'fn fetch(url: &str) {}')
  const after = await look(root, 'fetch')
  expect(after.findings).toMatchObject([{ code: 'drift', line: 4 }])
  expect(after.key).toBe(before.key)
})

test.each([
  ['a source', 'patterns/fetch/src/lib.rs', 'fetch()', 'fetch(url: &str)'],
  ['a test', 'patterns/fetch/tests/answers.rs', 'answers()', 'answers_again()'],
  ['what a claim links to', 'patterns/fetch/README.md', '#answers', '#answers_again'],
  ['what a fence shows', 'patterns/fetch/README.md', 'rust src/lib.rs', 'rust src/lib.rs#fetch'],
  ['the lock of cargo', 'Cargo.lock', '4', '3'],
])('%s has to be proved again', async (_, path, found, by) => {
  const before = await look(root, 'fetch')
  edit(path, found, by)
  expect((await look(root, 'fetch')).key).not.toBe(before.key)
})

test('a process ends with all that it started, in whatever group', async () => {
  const pids = join(root, 'pids')
  const script = `echo $$ >>${pids}; setsid sh -c 'echo $$ >>${pids}; sleep 60; true' & sleep 60`
  const child = spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' })
  const closed = new Promise((resolve) => child.once('close', resolve))
  const started = () => {
    try {
      return readFileSync(pids, 'utf8').trim().split('\n')
    } catch {
      return []
    }
  }
  while (started().length < 2) await sleep(10)
  endTree(child.pid!)
  await closed
  const alive = () => started().filter((pid) => isAlive(Number(pid)))
  for (let round = 0; round < 100 && alive().length > 0; round++) await sleep(20)
  expect(alive()).toEqual([])
})
