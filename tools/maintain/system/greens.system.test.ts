import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Evidence } from '@cookbook/evidence'
import { showFinding } from '@cookbook/guide'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { verify } from '../../harness/test/verify.ts'
import { openSmallCheckout } from '../checkout/checkout.ts'

/**
 * Each case is a patch of a small pattern, and its first lines say what has to become of it: `Green`, or `Red` with
 * the code, the file, the line and a part of the message of a finding that names the cause.
 */
const CASES = join(import.meta.dirname, 'greens')
const only = process.env.GREENS ?? '*'
/** The finding that names the cause, of each case. */
const reported: string[] = []

const cases = globSync(`${only}.patch`, { cwd: CASES })
  .sort()
  .map((file) => ({ name: basename(file, '.patch'), ...read(join(CASES, file)) }))

type Case = { path: string; title: string; expected: 'green' | { place: string; message: string } }

function read(path: string): Case {
  const [title = '', verdict = ''] = readFileSync(path, 'utf8').split('\n')
  if (verdict === 'Green') return { path, title, expected: 'green' }
  const [, place, message] = /^Red: ([a-z-]+ \S+:\d+) (.+)$/.exec(verdict) ?? []
  if (message === undefined)
    throw new Error(`${path}: expected Green, or Red: code file:line message, in its line 2`)
  return { path, title, expected: { place: place!, message } }
}

const small = openSmallCheckout(['ebb'])
afterAll(() => small[Symbol.dispose]())
const git = (...args: string[]) => execFileSync('git', args, { cwd: small.root, encoding: 'utf8' })
const ebb = { root: small.root, dir: join(small.root, 'patterns/ebb') }

/** What the runner found, as a run of turbo would start it. */
async function run(
  ...args: string[]
): Promise<{ passed: boolean; words: string; findings: Evidence['findings'] }> {
  const { passed, evidence, words } = await verify(ebb, {}, args)
  return { passed, words, findings: evidence?.findings ?? [] }
}

beforeAll(async () => {
  const whole = await run()
  expect(whole, whole.words).toMatchObject({ passed: true, findings: [] })
})

afterEach(() => {
  git('checkout', '--quiet', '--', '.')
  git('clean', '--quiet', '-ffdx', 'patterns', 'target/height.rs')
  git('clean', '--quiet', '-ffd', 'tools', 'crates')
})

test('there are cases', () => expect(cases.length).toBeGreaterThan(0))

test.each(cases)('$name: $title', async ({ name, path, expected }) => {
  git('apply', '--whitespace=nowarn', path)
  const { passed, words, findings } = await run()
  const said = findings.map(({ code, file, line, message }) => `${code} ${file}:${line} ${message}`)
  if (expected === 'green') return expect({ passed, said }, words).toEqual({ passed: true, said: [] })
  const { place, message } = expected
  const named = said.filter((line) => line.startsWith(`${place} `) && line.includes(message))
  expect(named, `expected ${place} ... ${message}\n${said.join('\n')}\n${words}`).not.toEqual([])
  expect(passed).toBe(false)
  for (const { fix } of findings) expect(fix).not.toBe('')
  const shown = showFinding({ ...findings[said.indexOf(named[0]!)]!, detail: [] })
  reported.push(`${name}\n\n${shown.replaceAll(small.root, '<root>')}\n`)
})

test('a check that vitest is told to leave out', async () => {
  const { passed, findings, words } = await run('-t', 'prints')
  const left = findings.find(
    ({ code, message }) => code === 'not-run' && message.includes('"tests/height.rs'),
  )
  expect(left, words).toMatchObject({ file: 'patterns/ebb/verify.test.ts', line: 1 })
  expect(passed).toBe(false)
  reported.push(`a check that vitest is told to leave out\n\n${showFinding({ ...left!, detail: [] })}\n`)
})

test('all checks, which vitest is told to leave out', async () => {
  const { passed, findings, words } = await run('-t', 'no check is called so')
  expect(words).toContain('no check ran to its end')
  expect({ passed, findings }).toEqual({ passed: false, findings: [] })
})

// docs/errors.md takes its examples from it. Not of a part of the cases.
test.skipIf(only !== '*')('what is said of each', async () => {
  await expect(reported.join('\n')).toMatchFileSnapshot(join(CASES, 'findings.txt'))
})
