import type { Finding } from '@cookbook/guide'
import { findPatterns } from '@cookbook/guide/patterns'
import { sharedFindings, unreadableBelow } from '@cookbook/guide/unreadable'

/**
 * What would keep turbo, cargo or a reader waiting for ever, or make them give up without a word of why: looked for
 * before anything of the checkout is read.
 */
export async function preflight(root: string): Promise<Finding[]> {
  const patterns = await findPatterns(root)
  const shared = sharedFindings(root)
  return shared.length > 0 ? shared : patterns.flatMap((slug) => unreadableBelow(root, `patterns/${slug}`))
}
