import type { Finding } from './finding.ts'

/** What makes an audit fail. An error always does, unless nothing shall. */
export const FAIL_ON = ['never', 'error', 'untried', 'help', 'hidden', 'lint', 'possible'] as const

export type FailOn = ReadonlySet<(typeof FAIL_ON)[number]>

/** Reads `help,lint`; or says what is wrong with it. */
export function readFailOn(
  text: string,
): { kind: 'read'; failOn: FailOn } | { kind: 'refused'; problem: string } {
  const words = text.split(',').map((word) => word.trim())
  const strange = words.find((word) => !(FAIL_ON as readonly string[]).includes(word))
  if (strange !== undefined)
    return { kind: 'refused', problem: `--fail-on ${strange}: expected some of ${FAIL_ON.join(', ')}` }
  if (words.includes('never') && words.length > 1)
    return { kind: 'refused', problem: `--fail-on ${text}: never cannot be combined with others` }
  return { kind: 'read', failOn: new Set(words as (typeof FAIL_ON)[number][]) }
}

/** Whether a finding is one that was asked to fail. `lint` is those that are likely; `possible` is all. */
export function fails({ kind, lint }: Finding, failOn: FailOn): boolean {
  if (failOn.has('never')) return false
  if (kind === 'error') return true
  if (kind !== 'lint') return failOn.has(kind)
  return failOn.has('possible') || (failOn.has('lint') && lint!.sureness !== 'possible')
}
