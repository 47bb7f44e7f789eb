import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'
import type { Options } from './run.ts'

/** A user whom this machine does not know. */
export const VISITOR = 54_321

/**
 * What makes a run the visitor's. He has a home of his own, may read what root has installed, and write nothing of
 * it; all groups and other rights of root are gone.
 */
export function asVisitor({ root }: Checkout): Pick<Options, 'env' | 'under'> {
  const home = join(root, 'target', 'home')
  mkdirSync(home, { recursive: true })
  chownSync(home, VISITOR, VISITOR)
  chmodSync(root, 0o755)
  const rights = ['--inh-caps', '-all,+dac_read_search', '--ambient-caps', '+dac_read_search']
  const user = ['--reuid', `${VISITOR}`, '--regid', `${VISITOR}`, '--clear-groups']
  return {
    under: ['setpriv', ...user, ...rights, '--'],
    env: {
      HOME: home,
      USER: 'visitor',
      CARGO_HOME: join(home, 'cargo'),
      RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
    },
  }
}
