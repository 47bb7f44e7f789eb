import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const TOOLS = join(import.meta.dirname, '..')

test('a command whose reader has gone ends as it would have, without a word', async () => {
  const command = spawn(process.execPath, [join(TOOLS, 'src/main.ts'), 'doctor'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  command.stdout.destroy()
  const said: string[] = []
  command.stderr.setEncoding('utf8').on('data', (words) => said.push(words))
  const [code] = await once(command, 'close')
  expect(said.join('')).toBe('')
  expect(code).toBe(0)
})

test.for(globSync('**/main.ts', { cwd: TOOLS }))('%s bears a reader that has gone', (main) => {
  expect(readFileSync(join(TOOLS, main), 'utf8')).toMatch(/^import '.*\/unread\.ts'$/m)
})
