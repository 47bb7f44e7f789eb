import { type BlockVerdict, LEFT_OUT, NOT_READ, type Verdict } from '../../verdict.ts'

/** From the best to what is no concern. */
export const VERDICTS: readonly Verdict[] = [
  'runs',
  'builds',
  'builds with help',
  'fails',
  'untried',
  'fragment',
  'not code',
]

export type Totals = {
  blocks: number
  verdicts: Record<Verdict, number>
  asTold: number
  leftOut: number
  notRead: number
}

export function totalsOf(blocks: readonly BlockVerdict[]): Totals {
  const count = (verdict: Verdict) => blocks.filter((block) => block.verdict === verdict).length
  return {
    blocks: blocks.length,
    verdicts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Totals['verdicts'],
    asTold: blocks.filter(({ asTold }) => asTold).length,
    leftOut: blocks.filter(({ reason }) => reason.startsWith(LEFT_OUT)).length,
    notRead: blocks.filter(({ reason }) => reason.startsWith(NOT_READ)).length,
  }
}

/** `34 blocks: 20 runs, 3 builds with help, 2 fails (1 as the guide says)`. */
export function totalsLine(blocks: readonly BlockVerdict[]): string {
  const { verdicts, asTold, leftOut, notRead } = totalsOf(blocks)
  const parts = VERDICTS.filter((verdict) => verdicts[verdict] > 0).map((verdict) => {
    const reported = verdict === 'fails' && asTold > 0 ? ` (${asTold} as the guide says)` : ''
    const out = verdict === 'not code' && leftOut > 0 ? ` (${leftOut} left out by the page)` : ''
    const unread = verdict === 'untried' && notRead > 0 ? ` (${notRead} not read)` : ''
    return `${verdicts[verdict]} ${verdict}${reported}${out}${unread}`
  })
  return `${counted(blocks.length, 'block')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`
}

/** `1 block`, `2 blocks`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `2.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
