import { spawn } from 'node:child_process'

const PROGRAM: string = JSON.parse(process.env.PROGRAMS ?? '{}')['async-http-client']

export type Ended = { code: number | null; head: string; body: Buffer; errors: string }

type Surroundings = { env?: Record<string, string> /** A command that runs the program. */; under?: string[] }

/** Runs the program to its end. What it prints is the status and the headers, an empty line, and the body. */
export async function client(args: string[], { env, under = [] }: Surroundings = {}): Promise<Ended> {
  const [program, ...rest] = [...under, PROGRAM, ...args]
  const child = spawn(program!, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [printed, errors, code] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    new Promise<number | null>((ended) => child.on('close', ended)),
  ])
  const all = Buffer.concat(printed)
  const end = all.indexOf('\n\n')
  const [head, body] = end < 0 ? [all, Buffer.alloc(0)] : [all.subarray(0, end), all.subarray(end + 2)]
  return { code, head: head.toString(), body, errors: Buffer.concat(errors).toString() }
}
