import type { Block } from '../../document/block.ts'
import type { Code } from './code.ts'

/** Of what has the same name on one page, that which stands nearest: in the same section, or in the one around it. */
export function nearestTo<T extends { code: Code }>(code: Code, candidates: readonly T[]): T[] {
  const shared = candidates.map((candidate) => sharedHeadings(code.block, candidate.code.block))
  const most = shared.reduce((one, other) => Math.max(one, other), 0)
  return candidates.filter((_, index) => shared[index] === most)
}

/** Whether two blocks stand under the same headings. */
export function inOneSection({ block: one }: Code, { block: other }: Code): boolean {
  return sharedHeadings(one, other) === Math.max(one.headings.length, other.headings.length)
}

/** How many headings, from the title down, two blocks stand under together. */
function sharedHeadings(one: Block, other: Block): number {
  const differs = one.headings.findIndex(({ line }, index) => other.headings[index]?.line !== line)
  return differs < 0 ? one.headings.length : differs
}
