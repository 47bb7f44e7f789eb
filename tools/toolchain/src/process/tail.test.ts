import { expect, test } from 'vitest'
import { tail } from './tail.ts'

function pushed(keepBytes: number, ...chunks: (string | Uint8Array)[]) {
  const kept = tail(keepBytes)
  for (const chunk of chunks) kept.push(Buffer.from(chunk as string))
  return kept
}

test('what fits is kept whole', () => {
  const kept = pushed(10, 'baa ', 'baa')
  expect([kept.text(), kept.written(), kept.truncated()]).toEqual(['baa baa', 7, false])
})

test('exactly what fits is not truncated', () => {
  const kept = pushed(4, 'wool')
  expect([kept.text(), kept.truncated()]).toEqual(['wool', false])
})

test('of more than fits the last bytes are kept, whatever the chunks were', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `${index}\n`).join('')
  for (const size of [1, 7, 64, 10_000]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!
    const kept = pushed(50, ...chunks)
    expect([kept.text(), kept.written(), kept.truncated()]).toEqual([text.slice(-50), text.length, true])
  }
})

test('a character that the cut halves is dropped, and one that was halved between chunks is not', () => {
  const sheep = Buffer.from('🐑')
  expect(pushed(6, '🐑🐑').text()).toBe('🐑')
  expect(pushed(10, sheep.subarray(0, 2), sheep.subarray(2)).text()).toBe('🐑')
})

test('bytes that are no text are shown as such', () => {
  expect(pushed(10, Uint8Array.of(0x62, 0xff, 0x61)).text()).toBe('b\ufffda')
})

test('with nothing to keep, only the count is kept', () => {
  const kept = pushed(0, 'baa', 'baa')
  expect([kept.text(), kept.written(), kept.truncated(), kept.length]).toEqual(['', 6, true, 0])
})
