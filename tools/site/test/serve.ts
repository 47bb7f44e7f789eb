import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}

/** Serves a folder of files as a host of static pages does, compressed by gzip; each file is read once. */
export async function serveFolder(folder: string): Promise<{ server: Server; address: string }> {
  const files = new Map<string, Promise<Buffer>>()
  const read = (path: string) => {
    const file = files.get(path) ?? readFile(join(folder, path)).then((bytes) => promisify(gzip)(bytes))
    files.set(path, file)
    return file
  }
  const server = createServer(async ({ url = '/' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(/\/$/, '/index.html')
    try {
      const body = await read(path)
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-encoding': 'gzip',
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return { server, address: `http://localhost:${(server.address() as AddressInfo).port}` }
}
