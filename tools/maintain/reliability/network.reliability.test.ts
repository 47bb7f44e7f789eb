import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { needsCrate } from '../checkout/needs-crate.ts'
import { verify } from '../checkout/run.ts'
import { expectNoNetwork } from './no-network.ts'

const small = openSmallCheckout(['ebb'])
afterAll(() => small[Symbol.dispose]())

test('a crate that was never fetched, and no network on the host: the network is what is wrong', async () => {
  needsCrate(small, 'ebb', 'cfg-if')
  const under = process.getuid!() === 0 ? ['unshare', '--net'] : ['unshare', '--net', '--map-root-user']
  const CARGO_HOME = join(small.root, 'target/cargo')
  expectNoNetwork(await verify(small, { door: 'npm run verify', under, env: { CARGO_HOME } }))
})
