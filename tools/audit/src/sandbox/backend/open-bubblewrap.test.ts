import { expect, test } from 'vitest'
import { reportedOf } from './open-bubblewrap.ts'

test.each([
  'bwrap: setting up uid map: Permission denied',
  'bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted',
  'bwrap: No permissions to create a new namespace, likely because the kernel does not allow it.',
])('a kernel that forbids it is reported with what allows it: %s', (said) => {
  expect(reportedOf(said)).toContain('sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0')
})

test('what bwrap says otherwise is reported as it is', () => {
  expect(reportedOf("bwrap: Can't find source path /nowhere: No such file or directory")).toBe(
    "bubblewrap cannot make a sandbox here: bwrap: Can't find source path /nowhere: No such file or directory",
  )
})

test('a compiler that does not start is no fault of bwrap', () => {
  expect(reportedOf('rustc: error while loading shared libraries')).toContain(
    'the compilers do not start in its sandbox',
  )
})
