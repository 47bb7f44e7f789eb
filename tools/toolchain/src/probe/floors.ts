import floors from '../../floors.json' with { type: 'json' }

export type FloorName = keyof typeof floors

/** What is asked of a tool: its floor, whether nothing can be verified without it, and what installs it. */
export function requirement(name: FloorName): { floor: string | null; needed: boolean; install: string } {
  const entry = floors[name]
  const install = 'packages' in entry ? `apt-get install ${entry.packages.join(' ')}` : entry.install
  return { floor: entry.floor, needed: entry.needed, install }
}

/** The oldest version of a tool that the project accepts, or `null` when any will do. */
export function floorOf(name: FloorName): string | null {
  return floors[name].floor
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
