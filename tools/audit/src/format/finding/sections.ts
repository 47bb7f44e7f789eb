import type { Audit, BlockVerdict, GroupReport } from '../../verdict.ts'

/** Blocks that were tried together; or those of a page that were not tried. */
export type Section = { name: string; blocks: readonly BlockVerdict[]; group: GroupReport | null }

/** The blocks by section, in the order in which the guide comes to them. */
export function bySection({ blocks, groups }: Audit): Section[] {
  const tried = new Map(groups.map((group) => [group.name, group]))
  const together = Map.groupBy(blocks, ({ file, group }) =>
    JSON.stringify(group === null ? [null, file] : [group]),
  )
  return [...together.values()].map((blocks) => {
    const { file, group } = blocks[0]!
    const name = group ?? `${file}, not tried`
    return { name, blocks, group: group === null ? null : (tried.get(group) ?? null) }
  })
}
