import floors from '../floors.json' with { type: 'json' }
import type { Tool } from './toolchain.ts'

export type FloorName = keyof typeof floors

/** A tool that is missing or older than its floor, and what to install. */
export type Shortfall = { tool: Tool; floor: string | null; needed: boolean; install: string }

/** The oldest version of a tool that the project accepts, or `null` when any will do. */
export function floorOf(name: FloorName): string | null {
  return floors[name].floor
}

/** What falls short of floors.json, the one place that states them; `needed: false` only skips some checks. */
export function shortfalls(tools: readonly Tool[]): Shortfall[] {
  return tools.flatMap((tool) => {
    const { floor, needed, install } = floors[tool.name]
    const enough = tool.version !== null && (floor === null || compareVersions(tool.version, floor) >= 0)
    return enough ? [] : [{ tool, floor, needed, install }]
  })
}

/** Negative when `a` is older than `b`; both are dotted numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (let place = 0; place < 3; place++) {
    const difference = (left![place] ?? 0) - (right![place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
