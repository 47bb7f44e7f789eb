/**
 * `npm run scale -- 20 200`: verifies generated repositories of so many patterns, keeps what that took in
 * docs/data/scale.json and writes docs/measurements.md again.
 */

import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { COMMANDS } from '../commands.ts'
import { writePages } from '../measurements/pages.ts'
import '@cookbook/cli/unread'
import { readSizes } from './options.ts'
import { SCALE_FILE, type ScaleResults, type Size } from './results.ts'
import { type Taken, watched } from './watched.ts'

const ROOT = join(import.meta.dirname, '../../..')
const VERIFY = ['npm', 'run', '--silent', 'verify']
/** Of which the median is kept, where a run is short. */
const ROUNDS = 5
const HOST = { ...process.env, TOOLCHAIN: 'host', TURBO_TELEMETRY_DISABLED: '1' }

const parsed = readSizes(process.argv.slice(2))
if (parsed.kind === 'refused') leave(COMMANDS.scale, parsed)

async function measure(patterns: number): Promise<Size> {
  const slugs = Array.from({ length: patterns }, (_, index) => `wave${String(index).padStart(4, '0')}`)
  using checkout = openSmallCheckout(slugs)
  const verify = () => watched(checkout.root, VERIFY, HOST)
  const cold = await verify()
  const warm: Taken[] = []
  for (let round = 0; round < ROUNDS; round++) warm.push(await verify())
  const edit: Taken[] = []
  const pattern = join(checkout.root, 'patterns', slugs[0]!)
  for (let round = 1; round <= ROUNDS; round++) {
    // The same height by another sum each time: it is compiled, linked and run again, and stays right.
    const sum = `MEAN_HEIGHT = ${210 - round} + ${round}`
    const fix = editShown(pattern, `include/${slugs[0]}.h`, 'MEAN_HEIGHT = 210', sum)
    edit.push(await verify())
    fix()
  }
  return { patterns, cold, warm: middle(warm), edit: middle(edit) }
}

/** The run whose seconds are the median. */
function middle(runs: readonly Taken[]): Taken {
  return runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)]!
}

const sizes: Size[] = []
for (const patterns of parsed.sizes) {
  const size = await measure(patterns)
  for (const run of ['cold', 'warm', 'edit'] as const) {
    const { seconds, processorSeconds, peakMebibytes } = size[run]
    const took = `${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processors, ${peakMebibytes.toFixed(0)} MiB`
    console.log(`${patterns} patterns, ${run}: ${took}`)
  }
  sizes.push(size)
}
const results: ScaleResults = {
  date: new Date().toISOString().slice(0, 10),
  processors: availableParallelism(),
  rounds: ROUNDS,
  sizes,
}
writeFileSync(join(ROOT, SCALE_FILE), `${JSON.stringify(results, null, 2)}\n`)
writePages(ROOT)
