import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

type Waiting = { waiting?: () => void; limitMs?: number }

// Linux has names for sockets that leave no file behind.
const NAMELESS = process.platform === 'linux'

/**
 * Runs `work` while no other process of this machine runs work under the same name. The lock is a socket that
 * listens: the kernel gives it up when its holder dies, however that is. `waiting` is called once when the
 * lock is taken; after `limitMs` of waiting the work runs anyway.
 */
export async function alone<T>(name: string, work: () => Promise<T>, options: Waiting = {}): Promise<T> {
  const { waiting = () => {}, limitMs = 15 * 60_000 } = options
  const path = NAMELESS ? `\0${name}` : join(tmpdir(), `${name}.sock`)
  const until = performance.now() + limitMs
  let lock = await take(path)
  if (lock === null) waiting()
  while (lock === null && performance.now() < until) {
    await holderGone(path, until - performance.now())
    lock = await take(path)
  }
  try {
    return await work()
  } finally {
    lock?.release()
  }
}

async function take(path: string): Promise<{ release(): void } | null> {
  const others = new Set<Socket>()
  const server: Server = createServer((socket) => {
    others.add(socket)
    socket.on('error', () => {}).on('close', () => others.delete(socket))
  })
  try {
    await once(server.listen(path), 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null
    throw error
  }
  const release = () => {
    server.close()
    for (const socket of others) socket.destroy()
  }
  return { release }
}

/** Holds a connection to the lock's holder, which ends with it. */
async function holderGone(path: string, limitMs: number): Promise<void> {
  const socket = connect(path)
  const refused = (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED'
  const closed = once(socket, 'close').then(() => false, refused)
  const left = await Promise.race([closed, sleep(limitMs, false, { ref: false })])
  socket.destroy()
  if (left && !NAMELESS) rmSync(path, { force: true })
  // A refusal may also mean that the holder is just coming or going.
  if (left) await sleep(20)
}
