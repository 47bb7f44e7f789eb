import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Checkout, openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { freshShell, type Options, verify } from '../checkout/run.ts'
import { asVisitor, VISITOR } from '../checkout/visitor.ts'

// git refuses to look into a repository that is somebody else's; turbo and the guide do without it then.

/** Gives a checkout to somebody, but for the packages, which are the repository's own. */
function own({ root }: Checkout, to: string): void {
  const all = ['.', '-path', './node_modules', '-prune', '-o', '-exec', 'chown', '-h', to]
  execFileSync('find', [...all, '{}', '+'], { cwd: root })
}

async function isRight(small: Checkout, options: Options): Promise<void> {
  const [program, ...words] = [...(options.under ?? []), 'git', 'status']
  const git = spawnSync(program!, words, {
    cwd: small.root,
    env: { ...freshShell(), ...options.env },
    encoding: 'utf8',
  })
  expect(git.stderr).toContain('dubious ownership')
  const first = await verify(small, options)
  expect(first, first.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
  const again = await verify(small, options)
  expect(again, again.said).toMatchObject({ passed: true, patterns: { ebb: 'cached' } })
  editShown(join(small.root, 'patterns/ebb'), 'include/ebb.h', '210', '215')
  const broken = await verify(small, options)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  expect(broken.said).toContain('wrong-output')
}

test('root on the clone of another user: what is right and what was changed are reported', async () => {
  if (process.getuid!() !== 0) throw new Error('who owns what can be changed by root alone')
  using small = openSmallCheckout(['ebb'])
  own(small, `${VISITOR}:${VISITOR}`)
  await isRight(small, { door: 'npm run verify' })
})

test('a user on a clone of root’s: whose it is, and what to do', async () => {
  if (process.getuid!() !== 0) throw new Error('another user can be had by root alone')
  using small = openSmallCheckout(['ebb'])
  const options = { door: 'npm run verify' as const, ...asVisitor(small) }
  const refused = await verify(small, options)
  expect(refused.passed, refused.said).toBe(false)
  expect(refused.said).toContain(`belongs to user 0, and user ${VISITOR}, who asks, may not write to it`)
  expect(refused.said).toContain('sudo chown -R "$USER" .')
})
