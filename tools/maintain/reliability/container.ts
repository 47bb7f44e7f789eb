import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDocker } from '../../toolchain/src/docker/docker.ts'
import { projectOf } from '../../toolchain/src/docker/image/project.ts'
import type { Checkout } from '../checkout/checkout.ts'

/** The command lines in a checkout's container beside its own two, as soon as there are none, else after `limitMs`. */
export async function processesInContainer({ root }: Checkout, limitMs: number): Promise<string[]> {
  const until = performance.now() + limitMs
  for (;;) {
    const top = docker('top', projectOf(root).name, '-o', 'pid,args')
    const left = top.trim().split('\n').slice(3)
    if (left.length === 0 || performance.now() > until) return left
    await sleep(50)
  }
}

export async function removeContainers({ root }: Checkout): Promise<void> {
  const closed = await closeDocker(root)
  if (closed.kind === 'failed') throw new Error(`${closed.problem}: ${closed.fix}`)
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
