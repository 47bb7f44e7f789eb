/** One entry of a job's matrix. */
export type Shard = {
  /** What the job is called: `oneshot, stream`. */
  name: string
  /** Words for `npm run verify --`, each of which is one argument without a space. */
  filters: string
}

/** Deals the patterns out to at most `most` jobs, so that no job has two more than another. */
export function shards(patterns: readonly string[], most: number): Shard[] {
  const hands: string[][] = Array.from({ length: Math.min(most, patterns.length) }, () => [])
  for (const [index, slug] of patterns.entries()) hands[index % hands.length]!.push(slug)
  return hands.map((hand) => ({
    name: hand.join(', '),
    filters: hand.map((slug) => `--filter=${slug}`).join(' '),
  }))
}
