import type { Cell, Tool } from '@cookbook/toolchain'
import type { CellResult } from './results.ts'

/** What is said of a cell when it has ended: how long it took, or why it cannot be, and what failed in it. */
export function tellCell(name: string, result: CellResult, durationMs: number): string {
  if (result.kind === 'cannot') return `${name}: cannot be: ${result.why}`
  const lines = Object.entries(result.chapters).flatMap(([slug, chapter]) =>
    chapter.kind === 'failed' ? [`${name}: ${slug} fails`, chapter.findings] : [],
  )
  const chapters = Object.keys(result.chapters).length
  return [`${name}: ${chapters} chapters in ${(durationMs / 1000).toFixed(0)} s`, ...lines].join('\n')
}

/** The versions that a cell has, on whatever machine: `rustc 1.95.0, g++-12 12.2.0`, and valgrind where it watches. */
export function tellTools(tools: readonly Tool[], watch: Cell['watch']): string {
  const names = ['rustc', 'g++', 'clang++', ...(watch === 'memcheck' ? ['valgrind'] : [])]
  const shown = tools.filter(({ name }) => names.includes(name))
  return shown.map(({ program, version }) => `${program} ${version}`).join(', ')
}
