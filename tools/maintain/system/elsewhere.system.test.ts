import { execFileSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { MAY_MOUNT, mountReadOnly, mountSmallDisk } from '../checkout/mount.ts'
import { verify } from '../checkout/run.ts'
import { asVisitor, VISITOR } from '../checkout/visitor.ts'

// Where a checkout may lie, and who may ask: a right result, or an error that says what to do.
const small = openSmallCheckout(['ebb'], "cookbook chéckout $(x) 'q' ")
afterAll(() => small[Symbol.dispose]())
const door = 'npm run verify'
const NEEDS_ROOT = 'mounting and being another user are for root alone'

test('in a folder whose name has spaces, quotes, letters beyond ASCII and what a shell would run', async () => {
  const run = await verify(small, { door })
  expect(run, run.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
  expect(run.said).toContain('1 chapter, 7 examples verified, 1 claim proved')
})

test('without a network, when the crates are there: everything is verified', async () => {
  const under = MAY_MOUNT ? ['unshare', '--net'] : ['unshare', '--net', '--map-root-user']
  const links = execFileSync(under[0]!, [...under.slice(1), 'ls', '/sys/class/net'], { encoding: 'utf8' })
  const run = await verify(small, { door, under, args: ['--force'] })
  expect(run, `${links}${run.said}`).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
})

test('on a file system that is mounted read-only: nothing is verified, and why', async ({ skip }) => {
  if (!MAY_MOUNT) skip(NEEDS_ROOT)
  using locked = mountReadOnly(small)
  const run = await verify(locked, { door })
  expect(run.passed, run.said).toBe(false)
  expect(run.said).toContain(
    'nothing can be verified here: the checkout lies on a file system that is mounted read-only',
  )
  expect(run.said).toContain('verify a clone or a copy elsewhere')
  expect(run.said).not.toContain('chapter ')
})

// The compiler, the program that runs it, or the runner: whoever writes next finds it.
test.for([4_500, 25_000])(
  'on a disk with %d KiB left: red, and the disk is what is wrong',
  async (kib, { skip }) => {
    if (!MAY_MOUNT) skip(NEEDS_ROOT)
    using disk = mountSmallDisk(small, kib)
    const run = await verify(disk, { door, args: ['--force'] })
    expect(run.passed, run.said).toBe(false)
    expect(run.said).toMatch(
      /^patterns\/ebb\/(README\.md|verify\.test\.ts):1:1 no-space: .* found the disk full/m,
    )
    expect(run.said).toContain('make room, and verify again')
    expect(run.said).not.toContain('build-failed')
  },
)

test('by a user who may not write to it: nothing is verified, whose it is, and what to do', async ({
  skip,
}) => {
  if (!MAY_MOUNT) skip(NEEDS_ROOT)
  const run = await verify(small, { door, ...asVisitor(small) })
  expect(run.passed, run.said).toBe(false)
  expect(run.said).toContain(`belongs to user 0, and user ${VISITOR}, who asks, may not write to it`)
  expect(run.said).toContain('sudo chown -R "$USER" .')
})
