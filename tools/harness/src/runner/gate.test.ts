import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { BEGIN, WAITS } from './gate.ts'

const SCRIPT = `
import { gate } from ${JSON.stringify(join(import.meta.dirname, 'gate.ts'))}
console.log('loaded')
await gate()
console.log('began')
process.exit(0)
`

/** A process that passes the gate before it says that it began. */
function start(env: Record<string, string>): ChildProcessByStdio<Writable, Readable, null> {
  const { [WAITS]: _, ...own } = process.env
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    env: { ...own, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    // One that waits for ever is to be told by what it said.
    ...{ timeout: 10_000, killSignal: 'SIGKILL' },
  })
  return child
}

/** What it said until it ended, and how it ended. */
async function endOf(child: ReturnType<typeof start>): Promise<{ said: string; code: number | null }> {
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { said, code }
}

test('a runner that nobody loads ahead begins at once, whatever its standard input', async () => {
  const child = start({})
  expect(await endOf(child)).toEqual({ said: 'loaded\nbegan\n', code: 0 })
})

test('one that is loaded ahead begins when it is told to, in however many pieces', async () => {
  const child = start({ [WAITS]: '1' })
  const end = endOf(child)
  await once(child.stdout, 'data')
  for (const letter of BEGIN) {
    child.stdin.write(letter)
    // Each arrives by itself: the other end reads while this one waits.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  // Its standard input stays open.
  expect(await end).toEqual({ said: 'loaded\nbegan\n', code: 0 })
})

test.each(['', 'beg', 'begin, please\n'])(
  'one that is not told to, but %j until nobody is left, ends without having begun',
  async (reported) => {
    const child = start({ [WAITS]: '1' })
    child.stdin.end(reported)
    expect(await endOf(child)).toEqual({ said: 'loaded\n', code: 1 })
  },
)
