import type { FloorName, Tool } from '@cookbook/toolchain'

const COMPILERS: readonly FloorName[] = ['rustc', 'g++', 'clang++']

/** The compilers, and what else is named, in versions that mean the same on every machine: `rustc 1.95.0, g++ 12.2.0`. */
export function describeTools(tools: readonly Tool[], ...others: FloorName[]): string {
  const shown = tools.filter(({ name }) => [...COMPILERS, ...others].includes(name))
  return shown.map(({ program, version }) => `${program} ${version}`).join(', ')
}
