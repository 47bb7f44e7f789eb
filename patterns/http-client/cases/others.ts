// The program against servers that were not written for it.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { client } from './support/client.ts'
import { folder } from './support/folder.ts'

/** A server until the end of the scope. */
const running = (child: ChildProcess): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    const closed = once(child, 'close')
    child.kill()
    await closed
  },
})

const lacks = (program: string) => spawnSync(program, ['--help']).error !== undefined

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const open = await new Promise<boolean>((tell) =>
      socket.once('connect', () => tell(true)).once('error', () => tell(false)),
    )
    socket.destroy()
    if (open) return
    await sleep(20)
  }
}

test('python_serves_files', async (t) => {
  if (lacks('python3')) return t.skip('python3 is not installed')
  using place = folder()
  const bytes = randomBytes(3 << 20)
  writeFileSync(place.at('bytes'), bytes)
  const port = await freePort()
  const args = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', place.at('')]
  await using _ = running(spawn('python3', args, { stdio: 'ignore' }))
  await listening(port)
  const found = await client(['get', `http://127.0.0.1:${port}/bytes`])
  assert.equal(found.code, 0, found.errors)
  assert.match(found.head, /^200\nServer: SimpleHTTP/)
  assert.ok(found.body.equals(bytes))
  const lost = await client(['get', `http://127.0.0.1:${port}/nothing`])
  assert.deepEqual([lost.code, lost.head.split('\n')[0]], [0, '404'])
})

test('nginx_serves_packs_redirects_and_refuses', async (t) => {
  if (lacks('nginx')) return t.skip('nginx is not installed')
  using place = folder()
  const port = await freePort()
  const text = 'Ada joined\n'.repeat(1000)
  mkdirSync(place.at('files'))
  writeFileSync(place.at('files/log.txt'), text)
  writeFileSync(place.at('large'), randomBytes(2 << 20))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const conf = `
    daemon off; master_process off; pid ${place.at('pid')}; error_log stderr crit;
    events {}
    http {
      ${temporary.map((name) => `${name}_temp_path ${place.at(name)};`).join(' ')}
      access_log off; types { text/plain txt; } gzip on; gzip_min_length 1; gzip_types text/plain;
      client_max_body_size 1m;
      server {
        listen 127.0.0.1:${port}; root ${place.at('files')};
        location = /moved { return 301 /log.txt; }
        location = /upload { proxy_pass http://127.0.0.1:1; }
      }
    }`
  writeFileSync(place.at('conf'), conf)
  const args = ['-p', place.at(''), '-e', 'stderr', '-c', place.at('conf')]
  await using _ = running(spawn('nginx', args, { stdio: ['ignore', 'ignore', 'inherit'] }))
  await listening(port)
  const url = `http://127.0.0.1:${port}`
  const moved = await client(['get', `${url}/moved`])
  assert.equal(moved.code, 0, moved.errors)
  assert.match(moved.head, /^200\nServer: nginx[\s\S]*Content-Encoding: gzip/)
  assert.equal(moved.body.toString(), text)
  const refused = await client(['post', `${url}/upload`, place.at('large')])
  assert.deepEqual([refused.code, refused.head.split('\n')[0]], [0, '413'], refused.errors)
})
