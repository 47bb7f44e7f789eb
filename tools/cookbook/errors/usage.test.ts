import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Command, USAGE } from '../src/usage.ts'
import { json } from '../test/tree.ts'
import { READERS, usageErrors, WRONG } from './usage.ts'

const ROOT = join(import.meta.dirname, '../../..')
const commands = Object.keys(USAGE) as Command[]

test('what is said of command lines that cannot be understood', async () => {
  await expect(usageErrors()).toMatchFileSnapshot(join(import.meta.dirname, 'fixtures/usage.txt'))
})

test.each(commands)('%s: each is refused with why, and how it is typed', (command) => {
  expect(WRONG[command].length).toBeGreaterThan(1)
  for (const words of WRONG[command]) {
    const { kind, said } = READERS[command]([...words])
    expect(kind, words.join(' ')).toBe('refused')
    expect(said).toMatch(new RegExp(`^${command}: .{10}`))
    expect(said).toContain(`\n  ${USAGE[command]}`)
  }
})

test('each is a script of npm', () => {
  const { scripts } = json('package.json')
  expect(commands.filter((command) => !(command in scripts))).toEqual([])
})

const typed = commands.filter((command) => command !== 'reliability')
test.each(typed)('npm run %s, really typed: nothing is done, and the exit code is 2', async (command) => {
  const [program, ...words] = json('package.json')
    .scripts[command].replace(/^\w+=\S+ /, '')
    .split(' ')
  expect(program).toBe('node')
  const child = spawn(process.execPath, [...words, '--no-such-option'], { cwd: ROOT })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(said).toBe(`${command}: Unknown option '--no-such-option'\n  ${USAGE[command]}\n`)
  expect(code).toBe(2)
})
