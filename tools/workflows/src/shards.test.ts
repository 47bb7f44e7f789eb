import { expect, test } from 'vitest'
import { shards } from './shards.ts'

test('no shard without a pattern, and none has two more than another', () => {
  expect(shards([], 4)).toEqual([])
  expect(shards(['a'], 4)).toEqual([{ name: 'a', filters: '--filter=a' }])
  expect(shards(['a', 'b', 'c', 'd', 'e'], 2)).toEqual([
    { name: 'a, c, e', filters: '--filter=a --filter=c --filter=e' },
    { name: 'b, d', filters: '--filter=b --filter=d' },
  ])
})
