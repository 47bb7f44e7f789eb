import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chance } from '../checkout/chance.ts'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { killTree, processesIn } from '../checkout/processes.ts'
import { start, verify } from '../checkout/run.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
const PATTERN = join(small.root, 'patterns/ebb')
const SEED = Number(process.env.SYSTEM_TEST_SEED ?? Date.now() % 100_000)
/** A shorter delay only meets npx on its way to turbo. */
const EARLIEST_MS = 300

/** How long the kernel may take to end what was killed; a task that goes on takes longer. */
const GONE_MS = 1_000

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true })
})

test(`five runs killed in the middle leave no wrong verdict and no process (SYSTEM_TEST_SEED=${SEED})`, async () => {
  const random = chance(SEED)
  const fix = editShown(PATTERN, 'include/ebb.h', '210', '215')
  const started = performance.now()
  const red = await verify(small)
  const wholeMs = Math.round(performance.now() - started)
  expect(red, red.said).toMatchObject({ passed: false })

  for (let time = 1; time <= 5; time++) {
    const delayMs = Math.round(EARLIEST_MS + random() * (wholeMs - EARLIEST_MS))
    const { process, ended } = start(small)
    await Promise.race([ended, sleep(delayMs)])
    killTree(process.pid!)
    const left = await processesIn(small.root, GONE_MS)
    expect(left, `killed after ${delayMs} of ${wholeMs} ms`).toEqual([])
    expect((await ended).passed).toBe(false)
  }
  const broken = await verify(small)
  expect(broken, broken.said).toMatchObject({ passed: false, patterns: { ebb: 'executed' } })
  fix()
  const fixed = await verify(small)
  expect(fixed, fixed.said).toMatchObject({ passed: true })
})
