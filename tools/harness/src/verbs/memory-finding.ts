import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isWithin, memoryError, withinPackage } from '@cookbook/diagnostics'
import { type Finding, locate } from '@cookbook/guide'
import type { Outcome } from '@cookbook/toolchain'
import type { Verification } from '../context/verification.ts'

/** What the memory tool reported of a test, at its innermost frame within the package; else the test's own failure. */
export function memoryFinding(
  { pkg, root, crates, cell }: Verification,
  memoryTool: string,
  name: string,
  outcome: Outcome,
  finding: Finding,
): Finding {
  const again =
    cell === null
      ? `MEMORY_CHECKS=1 npm run verify -- --filter=${pkg.slug}`
      : `npm run matrix -- --cells='**/${cell.memoryTool}' --filter=${pkg.slug}`
  const fix = `fix it, and see it again: ${again}`
  const report = memoryError(outcome.stderr)
  if (report === null) return { ...finding, message: `under ${memoryTool}: ${finding.message}`, fix }
  // rustc's paths begin at the workspace, a C++ compiler's at the crate.
  const frames = report.location === null ? [] : [report.location, ...report.related]
  const places = frames.flatMap(({ path, line, column }) =>
    [root, ...crates.map(({ dir }) => dir)].flatMap((cwd) => {
      const own = isWithin(pkg, cwd, path) ? withinPackage(pkg, cwd, path) : null
      return own !== null && !own.startsWith('target/') && existsSync(join(pkg.dir, own))
        ? [{ own, line, column }]
        : []
    }),
  )
  const [first] = places
  const place = first ? locate(pkg, first.own, first.line, first.column) : {}
  // The other side of a race stands below the whole stack of the first.
  const isNear = (line: string) => cell?.memoryTool !== 'threads' || !/^ +#(?:[5-9]|\d\d)/.test(line)
  const detail = outcome.stderr.trimEnd().split('\n').filter(isNear).slice(0, 20)
  const message = `${name} under ${memoryTool}: ${report.message}`
  return { ...finding, ...place, code: 'memory-error', message, detail, fix }
}
