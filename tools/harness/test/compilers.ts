import type { Tool } from '@cookbook/toolchain'
import acceptedWith from '../fixtures/accepted-with.json' with { type: 'json' }

/** Whether these are the compilers whose very words the snapshots hold. */
export function saysTheSame(tools: readonly Tool[]): boolean {
  return Object.entries(acceptedWith).every(([name, version]) =>
    tools.some((tool) => tool.name === name && tool.version === version),
  )
}

/** What every compiler must agree on: the file, the line and the kind of each finding, sorted. */
export function places(seen: string): string[] {
  const found = seen.matchAll(/^(\S+:\d+):\d+ ([\w-]+):/gm)
  return [...found].map(([, place, code]) => `${place} ${code}`).sort()
}
