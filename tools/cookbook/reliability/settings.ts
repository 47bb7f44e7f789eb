import { type Refused, readWhole } from '../src/usage.ts'

/** How often a run is killed on each toolchain, and what decides when. */
export type Settings = { kind: 'settings'; kills: number; seed: number }

/** What the environment says of them. */
export function readSettings({ RELIABILITY_KILLS, RELIABILITY_SEED }: NodeJS.ProcessEnv): Settings | Refused {
  const kills = readWhole('reliability', 'RELIABILITY_KILLS', RELIABILITY_KILLS, { least: 1, otherwise: 50 })
  if (kills.kind === 'refused') return kills
  const any = { least: 0, otherwise: Date.now() % 100_000 }
  const seed = readWhole('reliability', 'RELIABILITY_SEED', RELIABILITY_SEED, any)
  if (seed.kind === 'refused') return seed
  return { kind: 'settings', kills: kills.number, seed: seed.number }
}
