import type { BlockVerdict } from '@cookbook/audit'

/**
 * Whether a reader gets of a block what its page promises: it runs or builds as it stands, or it fails and the page
 * says so, or it is no code. What a reader has to add, and what nobody can try, is not good.
 */
export function isGood({ verdict, asTold }: Pick<BlockVerdict, 'verdict' | 'asTold'>): boolean {
  return verdict === 'fails' ? asTold : ['runs', 'builds', 'not code'].includes(verdict)
}
