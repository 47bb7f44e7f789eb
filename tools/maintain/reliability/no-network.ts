import { expect } from 'vitest'
import type { Run } from '../checkout/run.ts'

/** That a run blames the network alone, and says what to do. */
export function expectNoNetwork({ passed, said }: Run): void {
  expect(passed, said).toBe(false)
  expect(said).toMatch(/^patterns\/ebb\/README\.md:1:1 no-network: /m)
  expect(said).toContain('connect the machine, or set HTTPS_PROXY')
  expect(said).not.toContain('build-failed')
  expect(said).not.toContain('toolchain-lost')
}
