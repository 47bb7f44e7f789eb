import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { killTree } from '../checkout/processes.ts'
import { json } from '../rules/tree.ts'
import { BY_VARIABLES, type Name, READERS, TYPED, usageErrors, WRONG } from './usage.ts'

const ROOT = join(import.meta.dirname, '../../..')
const commands = Object.keys(TYPED) as Name[]

test('what is said of command lines that cannot be understood', async () => {
  await expect(usageErrors()).toMatchFileSnapshot(join(import.meta.dirname, 'fixtures/usage.txt'))
})

test.each(commands)('%s: each is refused with why, and how it is typed', (command) => {
  expect(WRONG[command].length).toBeGreaterThan(1)
  for (const words of WRONG[command]) {
    const read = READERS[command]([...words])
    expect(read, words.join(' ')).toMatchObject({ kind: 'refused', fix: TYPED[command].usage })
    expect('problem' in read && read.problem).toMatch(/^.{10}/)
  }
})

test('each is a script of npm', () => {
  const { scripts } = json('package.json')
  expect(commands.filter((command) => !(command in scripts))).toEqual([])
})

const parsed = commands.filter((command) => !BY_VARIABLES.has(command))
test.each(parsed)('npm run %s, really typed: nothing is done, and the exit code is 2', async (command) => {
  const { said, code } = await run(command, '--no-such-option')
  expect(said).toBe(`${command}: unknown option '--no-such-option'\n  ${TYPED[command].usage}\n`)
  expect(code).toBe(2)
})

test.each(parsed)(
  'npm run %s -- --help, really typed: it says how that is done, and no more',
  async (command) => {
    const { said, code } = await run(command, '--help')
    expect(code).toBe(0)
    expect(said).toMatch(/^Usage: .*npm run .*\n\n.*Exit code 0: .*2:\s.*\.\n$/s)
    expect(said.replace(/\s+/g, ' ')).toContain(TYPED[command].usage)
    expect(said.split('\n').filter((line) => line.length > 80)).toEqual([])
  },
)

/** Starts what the script of npm starts. */
async function run(command: Name, word: string): Promise<{ said: string; code: unknown }> {
  const [program, ...words] = json('package.json')
    .scripts[command].replace(/^\w+=\S+ /, '')
    .split(' ')
  expect(program).toBe('node')
  const child = spawn(process.execPath, [...words, word], { cwd: ROOT })
  // What should have ended may have begun to measure.
  onTestFinished(() => void (child.exitCode === null && killTree(child.pid!)))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { said, code }
}
