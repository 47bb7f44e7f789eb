import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Whatever a server that means no good, or is not well, may do with a request for an artifact. */
const ANSWERS = {
  fails: (_, response) => response.writeHead(500).end('no'),
  'never answers': () => {},
  'hangs up': (request) => request.socket.destroy(),
  'breaks off': (_, response) => {
    response.writeHead(200, { 'content-length': '1000', 'x-artifact-tag': 'tag' }).write('half')
    setTimeout(() => response.destroy(), 50)
  },
  'gives something else': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('something else')
  },
  'sends elsewhere': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
} satisfies Record<string, Answer>

export type Fault = keyof typeof ANSWERS
export const FAULTS = Object.keys(ANSWERS) as Fault[]

/** A server of turbo's protocol with one fault. */
export async function openBadServer(fault: Fault): Promise<{ url: string; options(): number; stop(): void }> {
  let options = 0
  const answer: Answer = ANSWERS[fault]
  const server = createServer((request, response) => {
    options += 1
    request.resume()
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    options: () => options,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
