import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { progress } from './progress.ts'

function screen(columns?: number) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: columns !== undefined,
    columns,
  })
  return { stream: stream as never, text: () => (stream.read() as string | null) ?? '' }
}

test('a log gets a line for each change', () => {
  const { stream, text } = screen()
  const shown = progress(stream)
  for (const line of ['building', 'building', '', 'verifying stream']) shown.show(line)
  shown.end()
  expect(text()).toBe('building\nverifying stream\n')
})

test('a terminal gets one line, redrawn with the time, no wider than itself, and gone in the end', () => {
  vi.useFakeTimers()
  const { stream, text } = screen(20)
  const shown = progress(stream)
  shown.show('verifying oneshot, stream')
  expect(text()).toBe('\r\u001b[Kverifying oneshot, ')
  shown.show('verifying it')
  text()
  vi.advanceTimersByTime(1_000)
  expect(text().split('\u001b[K').at(-1)).toBe('verifying it  1.0 s')
  shown.end()
  expect(text()).toBe('\r\u001b[K')
  vi.advanceTimersByTime(1_000)
  expect(text()).toBe('')
  vi.useRealTimers()
})
