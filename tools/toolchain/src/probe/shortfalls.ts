import { compareVersions, requirement } from './floors.ts'
import type { Tool } from './toolchain.ts'

/** A tool that is missing or older than its floor, and what to install. */
export type Shortfall = { tool: Tool; floor: string | null; needed: boolean; install: string }

/** What falls short of floors.json, the one place that states them; `needed: false` only skips some checks. */
export function shortfalls(tools: readonly Tool[]): Shortfall[] {
  return tools.flatMap((tool) => {
    const { floor, needed, install } = requirement(tool.name)
    const enough = tool.version !== null && (floor === null || compareVersions(tool.version, floor) >= 0)
    return enough ? [] : [{ tool, floor, needed, install }]
  })
}
