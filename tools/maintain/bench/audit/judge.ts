import { median } from '../figures/time.ts'
import type { AuditResults } from './results.ts'

export type AuditFigure = { what: string; figure: number; unit: string; most: number; met: boolean }

/** What the kept figures say of each goal. */
export function judgeAudit({
  cold,
  cargo,
  warm,
  recalled,
  mixedCold,
  mixedLoop,
}: AuditResults): AuditFigure[] {
  const figure = (what: string, values: readonly number[], unit: string, most: number) => {
    const shown = Number(median(values).toFixed(2))
    return { what, figure: shown, unit, most, met: shown <= most }
  }
  const ratios = (audits: readonly number[], builds: readonly number[]) =>
    audits.map((seconds, round) => seconds / builds[round]!)
  return [
    figure(
      'nothing remembered, beside `cargo build` of the same packages',
      ratios(cold, cargo),
      ' times the time',
      1.5,
    ),
    figure(
      'mixed pages, nothing remembered, beside one build of each package',
      ratios(mixedCold, mixedLoop),
      ' times the time',
      2,
    ),
    figure('nothing changed, as a whole process', warm, ' s', 1),
    figure('nothing changed, the slowest of the sections', recalled, ' ms', 10),
  ]
}
