import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readPages } from '../src/standard-input.ts'

test('a page of standard input is read no further than a page may be long', async () => {
  let read = 0
  const stdin = Readable.from(
    (function* () {
      for (; read < 64; read++) yield Buffer.alloc(1024 * 1024, 'a\n')
    })(),
  )
  const { pages, troubles } = await readPages(['-'], import.meta.dirname, stdin)
  expect(read).toBeLessThan(32)
  expect({ pages, troubles }).toMatchObject({
    pages: [],
    troubles: [{ message: expect.stringContaining('stdin.md is longer than') }],
  })
})
