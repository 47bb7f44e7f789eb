// The program against Node's own server.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { client } from './support/client.ts'
import { folder } from './support/folder.ts'
import { serve } from './support/server.ts'

test('status_headers_and_body_are_printed', async () => {
  await using origin = await serve((_, response) => {
    response
      .writeHead(418, { 'set-cookie': ['a=1', 'b=2'], date: 'Thu, 01 Jan 1970 00:00:00 GMT' })
      .end('short')
  })
  const { code, head, body } = await client(['get', origin.url])
  assert.equal(code, 0)
  assert.match(head, /^418\n/)
  assert.match(head, /set-cookie: a=1\nset-cookie: b=2\n/)
  assert.equal(body.toString(), 'short')
})

test('chunks_that_come_slowly_are_one_body', async () => {
  await using origin = await serve(async (_, response) => {
    for (const word of ['Ada ', 'joined', '\n']) {
      response.write(word)
      await sleep(20)
    }
    response.end()
  })
  const { code, head, body } = await client(['get', origin.url])
  assert.equal(code, 0)
  assert.match(head, /Transfer-Encoding: chunked/)
  assert.equal(body.toString(), 'Ada joined\n')
})

test('a_truncated_body_is_an_error_after_what_arrived', async () => {
  await using origin = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 }).write('half', () => response.socket!.end())
  })
  const { code, body, errors } = await client(['get', origin.url])
  assert.deepEqual([code, body.toString()], [1, 'half'])
  assert.match(errors, /^error: the body is cut short: /)
})

test('a_reset_in_the_middle_is_an_error', async () => {
  await using origin = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 }).write('half', () => response.socket!.resetAndDestroy())
  })
  const { code, errors } = await client(['get', origin.url])
  assert.equal(code, 1)
  assert.match(errors, /^error: the connection broke: /)
})

test('a_silent_server_is_given_up', async () => {
  await using origin = await serve(() => {})
  const { code, errors } = await client(['get', origin.url, '0.2'])
  assert.equal(code, 1)
  assert.match(errors, /^error: it takes too long: /)
})

test('redirects_lead_to_the_answer_or_to_an_error', async () => {
  await using origin = await serve((request, response) => {
    const left = Number(request.url!.slice(1))
    if (left === 0) response.end('there')
    else response.writeHead(302, { location: `/${left - 1}` }).end('not yet')
  })
  const found = await client(['get', `${origin.url}/5`])
  assert.deepEqual([found.code, found.body.toString()], [0, 'there'])
  const lost = await client(['get', `${origin.url}/6`])
  assert.equal(lost.code, 1)
  assert.match(lost.errors, /^error: too many redirects: /)
})

test('a_huge_body_passes_in_little_memory', async (t) => {
  const { ASAN_OPTIONS, TSAN_OPTIONS } = process.env
  if (ASAN_OPTIONS ?? TSAN_OPTIONS) return t.skip('a sanitizer reserves more than the limit')
  const block = randomBytes(1 << 20)
  const blocks = 256
  await using origin = await serve(async (_, response) => {
    response.writeHead(200, { 'content-length': blocks * block.length })
    for (let sent = 0; sent < blocks; sent++) if (!response.write(block)) await once(response, 'drain')
    response.end()
  })
  // 64 MiB for all the data of the program, the stacks of its threads included.
  const { code, body, errors } = await client(['get', origin.url], { under: ['prlimit', '--data=67108864'] })
  assert.equal(code, 0, errors)
  assert.equal(body.length, blocks * block.length)
})

test('gzip_is_unpacked', async () => {
  let asked: string | undefined
  await using origin = await serve((request, response) => {
    asked = request.headers['accept-encoding']
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked'.repeat(10_000)))
  })
  const { code, body } = await client(['get', origin.url])
  assert.deepEqual([code, body.toString()], [0, 'unpacked'.repeat(10_000)])
  assert.equal(asked, 'gzip')
})

test('a_file_comes_back_from_an_echo', async () => {
  using place = folder()
  const bytes = randomBytes(8 << 20)
  writeFileSync(place.at('bytes'), bytes)
  await using origin = await serve((request, response) => request.pipe(response))
  const { code, body } = await client(['post', origin.url, place.at('bytes')])
  assert.equal(code, 0)
  assert.ok(body.equals(bytes), `${body.length} other bytes came back`)
})

test('an_upload_that_is_refused_half_way_shows_the_refusal', async () => {
  using place = folder()
  writeFileSync(place.at('bytes'), randomBytes(8 << 20))
  await using origin = await serve((request, response) => {
    request.once('data', () => response.writeHead(413, { connection: 'close' }).end('too much'))
  })
  const { code, head, body } = await client(['post', origin.url, place.at('bytes')])
  assert.deepEqual([code, body.toString()], [0, 'too much'])
  assert.match(head, /^413\n/)
})

test('what_cannot_be_sent_is_an_error_in_words', async () => {
  for (const [args, words] of [
    [['get', 'file:///etc/passwd'], 'is neither an http:// nor an https:// URL'],
    [['get', 'http://127.0.0.1/\r\nX: 1'], 'cannot stand in a URL'],
    [['get', 'http://nowhere.invalid/'], 'the host has no address'],
    [['post', 'http://127.0.0.1/', '/no/such/file'], '/no/such/file: No such file'],
    [['fetch'], 'usage: '],
  ] as const) {
    const { code, errors } = await client([...args])
    assert.equal(code, 1, args.join(' '))
    assert.ok(errors.startsWith('error: ') && errors.includes(words), errors)
  }
})
