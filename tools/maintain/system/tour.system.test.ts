import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openWarmCheckout } from '../checkout/checkout.ts'
import { freshShell } from '../checkout/run.ts'
import { shadow } from '../checkout/shadow.ts'
import { openTerminal } from '../checkout/terminal.ts'
import { pasteChapter } from './paste.ts'

/** The pattern that CONTRIBUTING.md makes. */
const SLUG = 'rate-limit'
/** Minutes, also on a machine that does other things. */
const WHOLE_MS = 180_000
/** Keys of a terminal. */
const [DELETE, CTRL_C] = ['\x7f', '\x03']

const clone = openWarmCheckout()
afterAll(() => clone[Symbol.dispose]())
const PATTERN = join(clone.root, 'patterns', SLUG)
const SHARED = ['README.md', 'whole-guide/package.json', 'Cargo.lock', 'package-lock.json']

type Ended = { code: number | null; said: string; durationMs: number }

function type(command: string, env: Record<string, string> = {}): Ended {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: clone.root,
    env: { ...freshShell(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  return { code: status, said: `${command}\n${stdout}${stderr}`, durationMs: performance.now() - started }
}

const read = (path: string) => readFileSync(join(clone.root, path), 'utf8')

/** The commands of a page, in its order: each line of its sh blocks. */
function commandsOf(page: string): string[] {
  const blocks = [...read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, block]) => block!.trim().split('\n'))
}

test.each([
  ['npm run new -- Loop', 2, 'new: "Loop" has upper-case letters'],
  ['npm run new -- loop', 2, '"loop" is a keyword of Rust: type another name, such as loop-pattern'],
  ['npm run new -- oneshot', 2, '"oneshot" is taken by'],
  ['npm run new -- one two', 2, 'new: expected one name, and found one two: put the title into quotes'],
  ['npm run new -- rate-limit --title "a | b"', 2, 'new: "|" means something to Markdown'],
  ['npm run new -- rate-limit --name x', 2, "new: unknown option '--name'"],
  ['npm run new', 2, 'new: expected the name of the pattern, such as rate-limit'],
  // What turbo's generator says of it is a refusal, whatever exit code turbo makes of that.
  ['npx turbo gen pattern --args loop Loops', null, '"loop" is a keyword of Rust'],
])('%s is refused, and nothing is made', (command, code, said) => {
  const before = SHARED.map(read)
  const refused = type(command)
  if (code !== null) expect(refused.code, refused.said).toBe(code)
  expect(refused.said).toContain(said)
  expect(SHARED.map(read)).toEqual(before)
  expect(existsSync(PATTERN)).toBe(false)
})

test('turbo gen pattern asks, says what is wrong with an answer, and makes what was answered', async () => {
  const before = SHARED.map(read)
  const terminal = openTerminal(clone, 'npx turbo gen pattern')
  await terminal.shows('The name of its folder and its crate, such as rate-limit:')
  terminal.type('loop\r')
  await terminal.shows('"loop" is a keyword of Rust: type another name, such as loop-pattern')
  terminal.type(`${DELETE.repeat('loop'.length)}${SLUG}\r`)
  await terminal.shows('The title of its chapter: (Rate limit)')
  terminal.type('\r')
  await terminal.shows(`patterns/${SLUG} is there. Prove it: npm run verify -- --filter=${SLUG}`)
  expect(await terminal.ended).toBe(0)
  expect(readFileSync(join(PATTERN, 'README.md'), 'utf8')).toMatch(/^# Rate limit$/m)
  for (const [index, path] of SHARED.entries()) writeFileSync(join(clone.root, path), before[index]!)
  rmSync(PATTERN, { recursive: true })
  rmSync(join(clone.root, 'node_modules', SLUG))
})

test('npm run new without a name asks for it, and Ctrl-C makes nothing', async () => {
  const before = SHARED.map(read)
  const terminal = openTerminal(clone, 'npm run new')
  await terminal.shows('The name of its folder and its crate, such as rate-limit:')
  terminal.type(`${SLUG}\r`)
  await terminal.shows('The title of its chapter: (Rate limit)')
  terminal.type(CTRL_C)
  await terminal.ended
  expect(SHARED.map(read)).toEqual(before)
  expect(existsSync(PATTERN)).toBe(false)
})

test('a pattern that cannot be enrolled everywhere is not there at all', () => {
  const before = SHARED.map(read)
  const env = shadow(
    clone,
    'cargo',
    (real) => `case "$1" in update) echo no index >&2; exit 7;; esac\nexec ${real} "$@"`,
  )
  const failed = type(`npm run new -- ${SLUG}`, env)
  expect(failed.code, failed.said).not.toBe(0)
  expect(failed.said).toContain('cargo update ended with exit code 7')
  expect(failed.said).toContain('no index')
  expect(SHARED.map(read)).toEqual(before)
  expect(existsSync(PATTERN)).toBe(false)
  expect(existsSync(join(clone.root, 'node_modules', SLUG))).toBe(false)
})

test('the commands of CONTRIBUTING.md, followed in their order, do what it says', () => {
  const commands = commandsOf('CONTRIBUTING.md')
  expect(commands.filter((command) => command.startsWith('npm run new -- '))).toHaveLength(1)
  expect(commands.filter((command) => command.startsWith('npm run verify -- '))).not.toEqual([])
  const ended = commands.map((command) => type(command))
  for (const { code, said } of ended) expect(code, said).toBe(0)
  const [made, verified] = ['npm run new', 'npm run verify'].map(
    (name) => ended[commands.findIndex((command) => command.startsWith(name))]!,
  )
  expect(verified!.said).toMatch(new RegExp(`^${SLUG} +15/15 +3/5 `, 'm'))
  expect(made!.durationMs + verified!.durationMs, 'from the command to a verified pattern').toBeLessThan(
    WHOLE_MS,
  )
})

test('the new chapter, pasted into an empty folder, is a crate that prints what it shows', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-tour-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = pasteChapter(PATTERN, folder)
  copyFileSync(join(clone.root, 'Cargo.lock'), join(folder, 'Cargo.lock'))
  const [target] = globSync('target/*/seed', { cwd: clone.root })
  const { stdout, stderr } = spawnSync('cargo', ['run', '--quiet', '--offline'], {
    cwd: folder,
    env: { ...hostEnvironment(), CARGO_TARGET_DIR: join(clone.root, target!) },
    encoding: 'utf8',
  })
  expect(stdout, stderr).toBe(files.get(`expected/${SLUG}.txt`))
})
