import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { preflight } from '../src/verify/preflight.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cookbook-preflight-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const path of [
    'Cargo.toml',
    'Cargo.lock',
    'README.md',
    'patterns/ebb/package.json',
    'patterns/ebb/src/lib.rs',
  ])
    write(path, '')
})

const at = (path: string) => join(root, path)
function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

test('a sound checkout', async () => {
  expect(await preflight(root)).toEqual([])
})

const FIFO = (path: string) => execFileSync('mkfifo', [path])
const LOOP = (path: string) => symlinkSync(path, path)
const SPARSE = (path: string) => {
  writeFileSync(path, '')
  truncateSync(path, 3 * 1024 ** 3)
}
const FOLDER = (path: string) => mkdirSync(path)
const DEVICE = (path: string) => symlinkSync('/dev/zero', path)
const CONFLICT = (path: string) => writeFileSync(path, 'version = 4\n<<<<<<< ours\n=======\n>>>>>>> theirs\n')

test.each<[string, string, (path: string) => void, string]>([
  ['a FIFO in place of the chapter', 'patterns/ebb/README.md', FIFO, 'a FIFO'],
  ['a FIFO in place of a manifest', 'patterns/ebb/Cargo.toml', FIFO, 'a FIFO'],
  ['a FIFO in place of the lock', 'Cargo.lock', FIFO, 'a FIFO'],
  ['a device in place of a source', 'patterns/ebb/src/lib.rs', DEVICE, 'a device'],
  ['a sparse file in place of a source', 'patterns/ebb/src/lib.rs', SPARSE, '3221225472 bytes long'],
  ['a link to itself', 'patterns/ebb/src/lib.rs', LOOP, 'a link in a circle'],
  ['a folder named evidence.json', 'patterns/ebb/evidence.json', FOLDER, 'a folder'],
  ['a lock of an unended merge', 'Cargo.lock', CONFLICT, 'conflict markers'],
])('%s', async (_, path, put, what) => {
  rmSync(at(path), { force: true })
  put(at(path))
  const started = performance.now()
  expect(await preflight(root)).toMatchObject([
    { code: 'unreadable', file: path, message: expect.stringContaining(what) },
  ])
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a socket in place of a test', async () => {
  const server = createServer().listen(at('patterns/ebb/tests.rs'))
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  expect(await preflight(root)).toMatchObject([
    { code: 'unreadable', message: expect.stringContaining('a socket') },
  ])
})

test('verify says so, and asks turbo nothing', () => {
  rmSync(at('patterns/ebb/src/lib.rs'))
  FIFO(at('patterns/ebb/src/lib.rs'))
  const script = `import { verify } from '${join(import.meta.dirname, '../src/verify/verify.ts')}'; process.exitCode = await verify('${root}', [])`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(
    /^patterns\/ebb\/src\/lib\.rs:1:1 unreadable: it is a FIFO, expected a text\n {2}remove it: /,
  )
})
