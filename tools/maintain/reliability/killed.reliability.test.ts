import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { spell } from '@cookbook/cli/command-line'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { chance } from '../checkout/chance.ts'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { edit, editShown } from '../checkout/edit.ts'
import { killTree, processesIn } from '../checkout/processes.ts'
import { type Options, start, verify } from '../checkout/run.ts'
import { COMMANDS } from '../commands.ts'
import { writePages } from '../measurements/pages.ts'
import { processesInContainer, removeContainers } from './container.ts'
import { AFTER, BEFORE, PHASES, phaseOf, RUNNING } from './phase.ts'
import { type KillResults, keepKills } from './results.ts'
import { readSettings } from './settings.ts'

const ROOT = join(import.meta.dirname, '../../..')
const settings = readSettings(process.env)
if (settings.kind === 'refused') throw new Error(spell(COMMANDS.reliability, settings))
const { kills: KILLS, seed: SEED, keep: KEEP } = settings

const small = openSmallCheckout(['ebb'])
const PATTERN = join(small.root, 'patterns/ebb')
const dockerHost = process.env.DOCKER_HOST === undefined ? {} : { DOCKER_HOST: process.env.DOCKER_HOST }
/** How long the kernel may take to end what was killed; a busy machine needs some of it. */
const GONE_MS = 10_000
/** How often a part of a run is waited for that a kill then missed. */
const ATTEMPTS = 5

/** While it is there, the pattern's test does not end. */
const HOLD = join(small.root, 'target/hold')

beforeAll(() => {
  const wait = `while std::path::Path::new("../../target/hold").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }`
  edit(join(PATTERN, 'tests/height.rs'), '() {\n', `() {\n    ${wait}\n`)
})
afterAll(() => small[Symbol.dispose]())

test.each(['host', 'docker'])(
  `%s: after each of ${KILLS} kills, and one in each part of a run, nothing runs on, no lock stays, and the next run is right (RELIABILITY_SEED=${SEED})`,
  async (toolchain) => {
    if (toolchain === 'docker') onTestFinished(() => removeContainers(small))
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
    const met = new Map<string, number>()
    let kills = 0

    /** Kills a run when `moment` is over, and looks at what is left and at the next run. */
    const killOne = async (moment: (run: Begun) => Promise<void>) => {
      // A text that no run has seen, right and wrong by turns: a verdict of another one is a wrong one.
      edit(join(PATTERN, 'README.md'), '\n## What can', `\nTry ${toolchain} ${kills}.\n\n## What can`)
      const wrong = kills % 2 === 0
      const fix = wrong ? editShown(PATTERN, 'include/ebb.h', '210', '215') : () => {}
      const since = Date.now()
      const began = performance.now()
      const { process, ended } = start(small, options)
      const phase = async () => phaseOf(await processesIn(small.root, 0), PATTERN, since)
      await Promise.race([ended, moment({ phase, ended })])
      const isOver = process.exitCode !== null
      const inContainer = toolchain === 'docker' && !isOver ? await processesIn(small.root, 0) : []
      const killed = isOver ? [] : killTree(process.pid!)
      rmSync(HOLD, { force: true })
      const part = isOver ? AFTER : (phaseOf([...inContainer, ...killed], PATTERN, since) ?? BEFORE)
      met.set(part, (met.get(part) ?? 0) + 1)
      kills += 1
      const where = `killed after ${Math.round(performance.now() - began)} of ${Math.round(wholeMs)} ms, in ${part}`
      expect(await processesIn(small.root, GONE_MS), where).toEqual([])
      if (toolchain === 'docker') expect(await processesInContainer(small, GONE_MS), where).toEqual([])
      expect(existsSync(join(small.root, '.git/index.lock')), where).toBe(false)

      const next = await timed()
      expect(next.passed, `${where}\n${next.said}`).toBe(!wrong)
      expect(next.said, where).toContain(wrong ? 'wrong-output' : '3 successful, 3 total')
      expect(next.said, where).not.toMatch(/another run (?:verifies|that)/)
      wholeMs = next.ms
      fix()
    }

    for (let kill = 0; kill < KILLS; kill++) {
      // One moment of each part of the time that a run takes.
      await killOne(() => sleep(((kill + random()) / KILLS) * wholeMs))
      if (kills % 10 === 0 || kills === KILLS) report(toolchain, kills, met)
    }
    // What is too short for chance to meet is waited for.
    for (const wanted of PHASES)
      for (let attempt = 0; !met.has(wanted) && attempt < ATTEMPTS; attempt++)
        await killOne(async ({ phase, ended }) => {
          // What runs is over in a moment.
          if (wanted === RUNNING) writeFileSync(HOLD, '')
          let over = false
          void ended.then(() => {
            over = true
          })
          while (!over && (await phase()) !== wanted) await sleep(1)
        })
    report(toolchain, kills, met)
    expect(PHASES.filter((phase) => !met.has(phase))).toEqual([])
    if (KEEP)
      keep(toolchain, { date: new Date().toISOString().slice(0, 10), kills, parts: Object.fromEntries(met) })
  },
)

/** A run that is under way. */
type Begun = { phase(): Promise<string | null>; ended: Promise<unknown> }

function keep(toolchain: string, seen: KillResults): void {
  keepKills(ROOT, toolchain, seen)
  writePages(ROOT)
}

function report(toolchain: string, kills: number, phases: ReadonlyMap<string, number>): void {
  const parts = [...phases].map(([phase, times]) => `${times} in ${phase}`)
  console.log(`${toolchain}: ${kills} kills, ${parts.join('; ')}`)
}
