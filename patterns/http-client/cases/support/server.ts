import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Origin = AsyncDisposable & { url: string; server: Server }

/** Node's own server on a free port of this machine, until the end of the scope. */
export async function serve(listener: RequestListener, server = createServer()): Promise<Origin> {
  server.on('request', listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
