import { type Refused, refused } from '../src/usage.ts'

/** How often a run is killed on each toolchain, what decides when, and whether what was seen is kept in docs/. */
export type Settings = { kind: 'settings'; kills: number; seed: number; keep: boolean }

/** What the environment says of them. */
export function readSettings(env: NodeJS.ProcessEnv): Settings | Refused {
  const keep = env.RELIABILITY_KEEP ?? '0'
  if (!/^[01]$/.test(keep)) return refused('reliability', `RELIABILITY_KEEP is "${keep}", expected 0 or 1`)
  const settings: Settings = { kind: 'settings', kills: 50, seed: Date.now() % 100_000, keep: keep === '1' }
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
