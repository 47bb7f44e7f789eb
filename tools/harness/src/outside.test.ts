import { join } from 'node:path'
import { showFinding } from '@cookbook/guide'
import { expect, test } from 'vitest'
import { outsideFinding } from './outside.ts'

const outcome = { stdout: '', truncated: false, durationMs: 0 }
const FIXTURES = join(import.meta.dirname, '../../cookbook/errors/fixtures')

test('a container that is lost is what is wrong', async () => {
  const program = 'container cookbook-1a'
  const stderr =
    'the container cookbook-1a was lost while the command ran: Error response from daemon: No such container\nrun it again: the container is brought up anew\n'
  const found = outsideFinding('patterns/fetch/README.md', 'cargo', {
    ...outcome,
    kind: 'missing',
    program,
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

test('an error of the code is not from outside, and neither is a program that is not installed', () => {
  const wrong = { ...outcome, kind: 'exited' as const, code: 101, stderr: 'error[E0425]: cannot find value' }
  expect(outsideFinding('README.md', 'cargo', wrong)).toBeNull()
  const missing = { ...outcome, kind: 'missing' as const, program: 'cargo', stderr: '' }
  expect(outsideFinding('README.md', 'cargo', missing)).toBeNull()
})
