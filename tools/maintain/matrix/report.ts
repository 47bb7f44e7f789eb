import type { CellRun } from './run-cell.ts'

/** What is said of a cell when it has ended: how long it took and what was replayed, or why it cannot be; and what failed. */
export function reportCell(name: string, { result, cached }: CellRun, durationMs: number): string {
  if (result.kind === 'cannot') return `${name}: cannot be: ${result.why}`
  const lines = Object.entries(result.chapters).flatMap(([slug, chapter]) =>
    chapter.kind === 'failed' ? [`${name}: ${slug} fails`, chapter.findings] : [],
  )
  const chapters = Object.keys(result.chapters).length
  const replayed = cached.length > 0 ? `, ${cached.length} from the cache` : ''
  return [`${name}: ${chapters} chapters in ${(durationMs / 1000).toFixed(0)} s${replayed}`, ...lines].join(
    '\n',
  )
}
