import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, '../src/main.ts')

test('a command whose reader has gone ends as it would have, without a word', async () => {
  const doctor = spawn(process.execPath, [MAIN, 'doctor'], { stdio: ['ignore', 'pipe', 'pipe'] })
  doctor.stdout.destroy()
  const said: string[] = []
  doctor.stderr.setEncoding('utf8').on('data', (words) => said.push(words))
  const [code] = await once(doctor, 'close')
  expect(said.join('')).toBe('')
  expect(code).toBe(0)
})
