import { expect, test } from 'vitest'
import { tail } from './tail.ts'

function pushed(keepBytes: number, ...chunks: (string | Uint8Array)[]) {
  const last = tail(keepBytes)
  for (const chunk of chunks) last.push(Buffer.from(chunk as string))
  return last
}

test('what fits is kept whole', () => {
  const last = pushed(10, 'baa ', 'baa')
  expect([last.text(), last.written(), last.truncated()]).toEqual(['baa baa', 7, false])
})

test('exactly what fits is not truncated', () => {
  const last = pushed(4, 'wool')
  expect([last.text(), last.truncated()]).toEqual(['wool', false])
})

test('of more than fits the last bytes are kept, whatever the chunks were', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `${index}\n`).join('')
  for (const size of [1, 7, 64, 10_000]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!
    const last = pushed(50, ...chunks)
    expect([last.text(), last.written(), last.truncated()]).toEqual([text.slice(-50), text.length, true])
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
  const last = pushed(0, 'baa', 'baa')
  expect([last.text(), last.written(), last.truncated(), last.length]).toEqual(['', 6, true, 0])
})
