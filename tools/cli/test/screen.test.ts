import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { show, showJson, type View } from '../src/watch/screen.ts'

const VIEW: View = {
  ...{ trouble: null, findings: [], patterns: 1, examples: 20, claims: 30, skipped: 0, withoutClippy: [] },
  ...{ running: null, waiting: [], tookMs: 1200 },
}

function shown(print: (view: View, stream: never) => void, view: View): string {
  const stream = new PassThrough({ encoding: 'utf8' })
  print(view, stream as never)
  return stream.read()
}

test('where there is no screen, a view stands behind the one before', () => {
  expect(shown(show, VIEW)).toBe('all is well: 1 chapter, 20 examples, 30 claims in 1.20 s\n\n')
})

test('what clippy reads is shown, and where it said nothing, that it did not', () => {
  const reading = { ...VIEW, running: { kind: 'lints' as const, slug: 'stream' }, waiting: ['oneshot'] }
  expect(shown(show, reading)).toBe('clippy reads stream, then oneshot\n\n')
  expect(shown(show, { ...VIEW, withoutClippy: ['it is not installed'] })).toBe(
    'all is well: 1 chapter, 20 examples, 30 claims, not read by clippy (it is not installed) in 1.20 s\n\n',
  )
})

test('--json is a line for each view, without what is nobody else’s', () => {
  const running = {
    kind: 'proves' as const,
    slug: 'stream',
    compiledMs: null,
    text: 'of nobody',
    cancel() {},
  }
  const line = shown(showJson, { ...VIEW, running })
  expect(line.indexOf('\n')).toBe(line.length - 1)
  expect(JSON.parse(line)).toEqual({
    ...{ format: 'cookbook-watch', version: 1, ...VIEW },
    running: { kind: 'proves', slug: 'stream', compiledMs: null },
  })
})
