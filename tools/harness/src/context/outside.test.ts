import { join } from 'node:path'
import { showFinding } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { outsideFinding } from './outside.ts'

const outcome = { stdout: '', truncated: false, durationMs: 0 }
const FIXTURES = join(import.meta.dirname, '../../../maintain/errors/fixtures')

test('a container that is lost is what is wrong', async () => {
  const container = 'cookbook-1a'
  const stderr =
    'the container cookbook-1a was lost while the command ran: Error response from daemon: No such container\nrun it again: the container is brought up again\n'
  const found = outsideFinding('patterns/fetch/README.md', 'cargo', {
    ...outcome,
    kind: 'lost',
    container,
    stderr,
  })
  await expect(`${showFinding(found!)}\n`).toMatchFileSnapshot(join(FIXTURES, 'toolchain-lost.txt'))
})

test.each([
  'error: failed to write `lib.rlib`: No space left on device (os error 28)',
  'collect2: fatal error: ld terminated with signal 7 [Bus error]',
  'cp: error writing: Disk quota exceeded',
  'Error: ENOSPC: no space left on device, write',
])('a disk that is full is what is wrong: %s', (stderr) => {
  const found = outsideFinding('patterns/fetch/README.md', 'cargo', {
    ...outcome,
    kind: 'exited',
    code: 1,
    stderr,
  })
  expect(found).toMatchObject({ code: 'no-space', detail: [stderr] })
})

const UNREACHED = `    Updating index
warning: spurious network error (3 tries remaining): [6] Could not resolve hostname (Could not resolve host: index.example.org)
error: failed to get \`cfg-if\` as a dependency of package \`fetch v0.1.0 (patterns/fetch)\`

Caused by:
  download of config.json failed

Caused by:
  failed to download from \`https://index.example.org/config.json\`

Caused by:
  [6] Could not resolve hostname (Could not resolve host: index.example.org)
`

test('a network that is missing is what is wrong, where crates have to be fetched', async () => {
  const exited = { ...outcome, kind: 'exited' as const, code: 101, stderr: UNREACHED }
  const found = outsideFinding('patterns/fetch/README.md', 'building the third-party crates', exited)
  await expect(`${showFinding(found!)}\n`).toMatchFileSnapshot(join(FIXTURES, 'no-network.txt'))
})

test('a program of a chapter that reaches nobody is not, and neither is a crate that no registry has', () => {
  const says = (stderr: string) =>
    outsideFinding('README.md', 'fetch', { ...outcome, kind: 'exited', code: 1, stderr })
  expect(says('Error: Could not resolve host: nowhere.invalid')).toBeNull()
  expect(says('error: no matching package named `nowhere` found\nlocation searched: crates.io')).toBeNull()
})

test('an error of the code is not from outside, and neither is a program that is not installed', () => {
  const wrong = { ...outcome, kind: 'exited' as const, code: 101, stderr: 'error[E0425]: cannot find value' }
  expect(outsideFinding('README.md', 'cargo', wrong)).toBeNull()
  const missing = { ...outcome, kind: 'missing' as const, program: 'cargo', stderr: '' }
  expect(outsideFinding('README.md', 'cargo', missing)).toBeNull()
})
