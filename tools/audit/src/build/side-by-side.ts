import type { Outcome } from '@cookbook/toolchain'

/** Whether a compiler had nothing to say against it. */
export const good = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0

/** Two at a time: as many as most machines have processors to spare. */
export async function inPairs<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!, at)
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
