import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SMALL_BYTES = 1 << 10
export const LARGE_BYTES = 100_000_000
/** Of `chrt`: before everything else on the processor that is named next. A thread that is woken waits for its turn. */
export const FIRST = ['--rr', '1', 'taskset', '--cpu-list']

/** nginx with `/small` and `/large`, on a processor that the clients do not use, until the end of the scope. */
export type Server = AsyncDisposable & { url: string }

/** Throws when nginx is not installed. */
export async function openServer(): Promise<Server> {
  if (spawnSync('nginx', ['-v']).error) throw new Error('nginx is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'bench-http-'))
  const at = (name: string) => join(folder, name)
  mkdirSync(at('files'))
  writeFileSync(at('files/small'), randomBytes(SMALL_BYTES))
  writeFileSync(at('files/large'), randomBytes(LARGE_BYTES))
  const port = await freePort()
  writeFileSync(at('conf'), configuration(at, port))
  const args = [...FIRST, '1', 'nginx', '-p', folder, '-e', 'stderr', '-c', at('conf')]
  const nginx = spawn('chrt', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await listening(port)
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(nginx, 'close')
      nginx.kill()
      await closed
      rmSync(folder, { recursive: true })
    },
  }
}

function configuration(at: (name: string) => string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
    daemon off; master_process off; pid ${at('pid')}; error_log stderr crit;
    events { worker_connections 1024; }
    http {
      ${temporary.map((name) => `${name}_temp_path ${at(name)};`).join(' ')}
      access_log off; sendfile on; tcp_nopush on; open_file_cache max=10;
      keepalive_requests 1000000000; keepalive_timeout 1h;
      server { listen 127.0.0.1:${port} backlog=1024; root ${at('files')}; }
    }`
}

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
    const open = await new Promise<boolean>((report) =>
      socket.once('connect', () => report(true)).once('error', () => report(false)),
    )
    socket.destroy()
    if (open) return
    await sleep(20)
  }
}
