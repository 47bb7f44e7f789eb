import { type Refused, refused } from '../src/usage.ts'

/** How often a run is killed on each toolchain, and what decides when. */
export type Settings = { kind: 'settings'; kills: number; seed: number }

/** What the environment says of them. */
export function readSettings(env: NodeJS.ProcessEnv): Settings | Refused {
  const settings: Settings = { kind: 'settings', kills: 50, seed: Date.now() % 100_000 }
  for (const [key, name, least] of [
    ['kills', 'RELIABILITY_KILLS', 1],
    ['seed', 'RELIABILITY_SEED', 0],
  ] as const) {
    const value = env[name]
    if (value === undefined) continue
    if (!/^\d{1,9}$/.test(value) || Number(value) < least)
      return refused('reliability', `${name} is "${value}", expected a whole number from ${least}`)
    settings[key] = Number(value)
  }
  return settings
}
