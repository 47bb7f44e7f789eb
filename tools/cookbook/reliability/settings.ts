/** How often a run is killed on each toolchain, and what decides when. */
export const KILLS = Number(process.env.RELIABILITY_KILLS ?? 50)
export const SEED = Number(process.env.RELIABILITY_SEED ?? Date.now() % 100_000)
