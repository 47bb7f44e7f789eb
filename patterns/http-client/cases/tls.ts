// The program against Node's https server, with certificates made on the spot.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { certificate } from './support/certificate.ts'
import { client, type Ended } from './support/client.ts'
import { folder } from './support/folder.ts'
import { serve } from './support/server.ts'

type Trust = 'its authority' | 'another authority'

/** What the program says of a server at 127.0.0.1 whose certificate is for `host`. `null`: there is no openssl. */
async function ask(t: TestContext, host: string, trusts: Trust): Promise<Ended | null> {
  using own = folder()
  using other = folder()
  const [certified, stranger] = [certificate(own.at, host), certificate(other.at, host)]
  if (certified === null || stranger === null) {
    t.skip('openssl is not installed')
    return null
  }
  const { authority } = trusts === 'its authority' ? certified : stranger
  const [key, cert] = [readFileSync(certified.key), readFileSync(certified.cert)]
  await using origin = await serve((_, response) => response.end('secret'), createServer({ key, cert }))
  return await client(['get', origin.url.replace('http:', 'https:')], { env: { SSL_CERT_FILE: authority } })
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
