import { type Refused, readWhole, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'

/** How often a run is killed on each toolchain, what decides when, and whether what was seen is kept in docs/. */
export type Settings = { kind: 'settings'; kills: number; seed: number; keep: boolean }

/** What the environment says of them. */
export function readSettings(env: NodeJS.ProcessEnv): Settings | Refused {
  const { RELIABILITY_KILLS, RELIABILITY_SEED, RELIABILITY_KEEP: keep = '0' } = env
  if (!/^[01]$/.test(keep))
    return refused(COMMANDS.reliability, `RELIABILITY_KEEP is "${keep}", expected 0 or 1`)
  const kills = readWhole(COMMANDS.reliability, 'RELIABILITY_KILLS', RELIABILITY_KILLS, {
    least: 1,
    otherwise: 50,
  })
  if (kills.kind === 'refused') return kills
  const any = { least: 0, otherwise: Date.now() % 100_000 }
  const seed = readWhole(COMMANDS.reliability, 'RELIABILITY_SEED', RELIABILITY_SEED, any)
  if (seed.kind === 'refused') return seed
  return { kind: 'settings', kills: kills.number, seed: seed.number, keep: keep === '1' }
}
