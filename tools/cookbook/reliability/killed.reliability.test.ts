import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { chance } from '../system/chance.ts'
import { openSmallCheckout } from '../system/checkout.ts'
import { edit, editShown } from '../system/edit.ts'
import { killTree, processesIn } from '../system/processes.ts'
import { type Options, start, verify } from '../system/run.ts'
import { processesInContainer, removeContainers } from './container.ts'
import { phaseOf } from './phase.ts'
import { readSettings } from './settings.ts'

const settings = readSettings(process.env)
if (settings.kind === 'refused') throw new Error(settings.said)
const { kills: KILLS, seed: SEED } = settings

const small = openSmallCheckout(['ebb'])
const PATTERN = join(small.root, 'patterns/ebb')
const dockerHost = process.env.DOCKER_HOST === undefined ? {} : { DOCKER_HOST: process.env.DOCKER_HOST }
/** How long the kernel may take to end what was killed; a busy machine needs some of it. */
const GONE_MS = 10_000

afterAll(() => {
  removeContainers(small)
  small[Symbol.dispose]()
})

test.each(['host', 'docker'])(
  `%s: after each of ${KILLS} kills nothing runs on, no lock stays, and the next run is right (RELIABILITY_SEED=${SEED})`,
  async (toolchain) => {
    const random = chance(SEED)
    const options: Options = { env: { TOOLCHAIN: toolchain, ...dockerHost } }
    const timed = async () => {
      const began = performance.now()
      const run = await verify(small, options)
      return { ...run, ms: performance.now() - began }
    }
    const first = await timed()
    expect(first, first.said).toMatchObject({ passed: true })
    let { ms: wholeMs } = await timed()
    const phases = new Map<string, number>()

    for (let kill = 0; kill < KILLS; kill++) {
      // A text that no run has seen, right and wrong by turns: a verdict of another one is a wrong one.
      edit(join(PATTERN, 'README.md'), '\n## What can', `\nTry ${toolchain} ${kill}.\n\n## What can`)
      const wrong = kill % 2 === 0
      const mend = wrong ? editShown(PATTERN, 'include/ebb.h', '210', '215') : () => {}
      const { process, ended } = start(small, options)
      // One moment of each part of the run, so that none is left out.
      const delayMs = ((kill + random()) / KILLS) * wholeMs
      await Promise.race([ended, sleep(delayMs)])
      const phase = process.exitCode === null ? phaseOf(killTree(process.pid!)) : 'after its end'
      phases.set(phase, (phases.get(phase) ?? 0) + 1)
      const where = `killed after ${Math.round(delayMs)} of ${Math.round(wholeMs)} ms, in ${phase}`
      expect(await processesIn(small.root, GONE_MS), where).toEqual([])
      if (toolchain === 'docker') expect(await processesInContainer(small, GONE_MS), where).toEqual([])
      expect(existsSync(join(small.root, '.git/index.lock')), where).toBe(false)

      const next = await timed()
      expect(next.passed, `${where}\n${next.said}`).toBe(!wrong)
      expect(next.said, where).toContain(wrong ? 'wrong-output' : '3 successful, 3 total')
      expect(next.said, where).not.toMatch(/another run (?:verifies|that)/)
      wholeMs = next.ms
      mend()
      if ((kill + 1) % 10 === 0 || kill + 1 === KILLS) tell(toolchain, kill + 1, phases)
    }
    expect(phases.size).toBeGreaterThan(Math.min(3, KILLS / 10))
  },
)

function tell(toolchain: string, kills: number, phases: ReadonlyMap<string, number>): void {
  const parts = [...phases].map(([phase, times]) => `${times} in ${phase}`)
  console.log(`${toolchain}: ${kills} kills, ${parts.join(', ')}`)
}
