// The program against Node's https server, with certificates made on the spot.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { certificate } from './support/certificate.ts'
import { client, type Ended } from './support/client.ts'
import { folder } from './support/folder.ts'
import { serve } from './support/server.ts'

type Trust = 'its authority' | 'another authority'

const secret: RequestListener = (_, response) => response.end('secret')

/** What the program says of a server at 127.0.0.1 whose certificate is for `host`. `null`: there is no openssl. */
async function ask(
  t: TestContext,
  host: string,
  trusts: Trust,
  {
    listener = secret,
    env = {},
    options = [],
  }: { listener?: RequestListener; env?: Record<string, string>; options?: string[] } = {},
): Promise<Ended | null> {
  using own = folder()
  using other = folder()
  const [certified, stranger] = [certificate(own.at, host), certificate(other.at, host)]
  if (certified === null || stranger === null) {
    t.skip('openssl is not installed')
    return null
  }
  const { authority } = trusts === 'its authority' ? certified : stranger
  const [key, cert] = [readFileSync(certified.key), readFileSync(certified.cert)]
  await using origin = await serve(listener, createServer({ key, cert }))
  return await client(['get', ...options, origin.url.replace('http:', 'https:')], {
    env: { ...env, SSL_CERT_FILE: authority },
  })
}

test('a_certificate_that_the_machine_trusts_is_good', async (t) => {
  const answer = await ask(t, '127.0.0.1', 'its authority')
  if (answer) assert.deepEqual([answer.code, answer.body.toString(), answer.errors], [0, 'secret', ''])
})

test('a_certificate_of_an_unknown_authority_is_an_error', async (t) => {
  const answer = await ask(t, '127.0.0.1', 'another authority')
  if (answer) assert.equal(answer.code, 1)
  if (answer) assert.match(answer.errors, /^error: there is no safe connection: /)
})

test('a_certificate_for_another_host_is_an_error', async (t) => {
  const answer = await ask(t, 'example.org', 'its authority')
  if (answer) assert.equal(answer.code, 1)
  if (answer) assert.match(answer.errors, /^error: there is no safe connection: /)
})

test('a_redirect_from_https_to_http_is_an_error', async (t) => {
  let asked = 0
  await using plain = await serve((_, response) => {
    asked++
    response.end()
  })
  const listener: RequestListener = (_, response) => response.writeHead(302, { location: plain.url }).end()
  const answer = await ask(t, '127.0.0.1', 'its authority', { listener })
  if (answer) assert.equal(answer.code, 1)
  if (answer)
    assert.match(answer.errors, /^error: there is no safe connection: a redirect from https to http:/)
  assert.equal(asked, 0)
})

test('a_redirect_from_https_to_http_is_followed_when_the_request_allows_it', async (t) => {
  await using plain = await serve((_, response) => response.end('public'))
  const listener: RequestListener = (_, response) => response.writeHead(302, { location: plain.url }).end()
  const answer = await ask(t, '127.0.0.1', 'its authority', { listener, options: ['--allow-http'] })
  if (answer) assert.deepEqual([answer.code, answer.body.toString(), answer.errors], [0, 'public', ''])
})

test('the_environment_changes_nothing', async (t) => {
  using place = folder()
  writeFileSync(place.at('.netrc'), 'machine 127.0.0.1 login name password secret\n')
  const nobody = 'http://127.0.0.1:1'
  const env = {
    ...{ http_proxy: nobody, https_proxy: nobody, HTTPS_PROXY: nobody, all_proxy: nobody, ALL_PROXY: nobody },
    ...{ HOME: place.at(''), NETRC: place.at('.netrc'), SSLKEYLOGFILE: place.at('keys') },
  }
  let authorization: string | undefined
  const listener: RequestListener = (request, response) => {
    authorization = request.headers.authorization
    response.end('secret')
  }
  const answer = await ask(t, '127.0.0.1', 'its authority', { listener, env })
  if (answer) assert.deepEqual([answer.code, answer.body.toString(), answer.errors], [0, 'secret', ''])
  assert.equal(authorization, undefined)
  assert.equal(existsSync(place.at('keys')), false, 'the secrets of TLS were written')
})
