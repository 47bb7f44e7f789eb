import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { type Options, type Run, verify } from '../checkout/run.ts'
import { shadow } from '../checkout/shadow.ts'
import { FAULTS, openBadServer } from './bad-server.ts'
import { openCacheServer } from './cache-server.ts'

const [first, second] = [openSmallCheckout(), openSmallCheckout()]
const server = await openCacheServer()
afterAll(() => {
  server.stop()
  for (const checkout of [first, second]) checkout[Symbol.dispose]()
})

const KEY = 'TURBO_REMOTE_CACHE_SIGNATURE_KEY'
const TEAM = {
  TURBO_API: server.url,
  TURBO_TOKEN: server.token,
  TURBO_TEAM: 'team_guide',
  TURBO_REMOTE_CACHE_TIMEOUT: '1',
  TURBO_REMOTE_CACHE_UPLOAD_TIMEOUT: '1',
  [KEY]: 'wool'.repeat(8),
}
/** Nothing from the machine's own cache, and nothing of a test left behind on the server. */
const READING = { ...TEAM, TURBO_CACHE: 'remote:r' }
const EXECUTED: Run['patterns'] = { ebb: 'executed', flood: 'executed' }
const CACHED: Run['patterns'] = { ebb: 'cached', flood: 'cached' }

/** Of two patterns, and of the guide as a whole. */
const ARTIFACTS = 3

/** Compilers that say what they are, and do nothing else. */
function noCompilers(): { PATH: string } {
  const options = '--version|-V|-vV|-E'
  const script = (real: string) =>
    `case "$1" in ${options}) exec ${real} "$@";; esac; echo "$0: refused" >&2; exit 1`
  for (const program of ['g++', 'cc', 'rustc']) shadow(second, program, script)
  return shadow(second, 'cargo', script)
}

/** One pattern is enough to see that a run goes on without the cache. */
async function withoutCache(env: Options['env'] & {}): Promise<void> {
  const run = await verify(second, { env, args: ['--filter=ebb'] })
  expect(run, run.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
}

beforeAll(async () => {
  const run = await verify(first, { env: TEAM })
  expect(run, run.said).toMatchObject({ passed: true, patterns: EXECUTED })
  expect(server.artifacts()).toHaveLength(ARTIFACTS)
})

test('a second clone gets everything from the cache and runs no compiler', async () => {
  const env = { ...READING, ...noCompilers() }
  for (const door of ['npx turbo run verify', 'npm run verify'] as const) {
    const run = await verify(second, { door, env })
    expect(run, run.said).toMatchObject({ passed: true, patterns: CACHED })
  }
  const alone = await verify(second, { env: { ...noCompilers(), TURBO_CACHE: 'remote:r' } })
  expect(alone.passed, `without the cache it would need them: ${alone.said}`).toBe(false)
})

test('what is red is red with the cache, and is kept nowhere', async () => {
  const fixes = [first, second].map(({ root }) =>
    editShown(join(root, 'patterns/ebb'), 'include/ebb.h', '210', '215'),
  )
  for (const checkout of [first, second]) {
    const run = await verify(checkout, { env: { ...TEAM, TURBO_CACHE: 'remote:rw' } })
    expect(run, run.said).toMatchObject({ passed: false, patterns: { ebb: 'executed', flood: 'cached' } })
    expect(run.said).toContain('wrong-output')
  }
  for (const fix of fixes) fix()
  expect(server.artifacts()).toHaveLength(ARTIFACTS)
})

describe('an artifact that is not what the key signed is not used', () => {
  /** All that the server keeps, by path. */
  const contents = () =>
    server
      .artifacts()
      .flatMap((path) => [path, `${path}.tag`].map((file) => [file, readFileSync(file)] as const))

  test.each<[string, (...artifacts: string[]) => void]>([
    [
      'one byte of each is another',
      (...artifacts) => {
        for (const path of artifacts) {
          const bytes = readFileSync(path)
          bytes[bytes.length >> 1]! ^= 1
          writeFileSync(path, bytes)
        }
      },
    ],
    [
      'each is another one, with its own signature',
      (...artifacts) => {
        for (const end of ['', '.tag']) {
          const bytes = artifacts.map((path) => readFileSync(path + end))
          for (const [index, path] of artifacts.entries()) writeFileSync(path + end, bytes.at(index - 1)!)
        }
      },
    ],
    [
      'the signatures are gone',
      (...artifacts) => {
        for (const path of artifacts) rmSync(`${path}.tag`)
      },
    ],
  ])('%s', async (_, tamper) => {
    const before = contents()
    tamper(...server.artifacts())
    const run = await verify(second, { env: READING })
    expect(run, run.said).toMatchObject({ passed: true, patterns: EXECUTED })
    for (const [path, bytes] of before) writeFileSync(path, bytes)
    const again = await verify(second, { env: READING })
    expect(again, `put back: ${again.said}`).toMatchObject({ passed: true, patterns: CACHED })
  })
})

test.each([
  ['another key', { ...READING, [KEY]: 'goat'.repeat(8) }],
  ['no key', Object.fromEntries(Object.entries(READING).filter(([name]) => name !== KEY))],
  ['another token', { ...READING, TURBO_TOKEN: 'goat' }],
])('with %s the run goes on without the cache', async (_, env) => {
  await withoutCache(env)
})

test('a short key: turbo refuses it, and npm run verify goes on without the cache and says so', async () => {
  const env = { ...READING, [KEY]: 'wool' }
  const refused = await verify(second, { env })
  expect([refused.passed, refused.patterns]).toEqual([false, {}])
  expect(refused.said).toContain('too short (4 bytes)')
  const run = await verify(second, { door: 'npm run verify', env, args: ['--force', '--filter=ebb'] })
  expect(run, run.said).toMatchObject({ passed: true, patterns: { ebb: 'executed' } })
  expect(run.said).toContain(`the remote cache is not used: ${KEY} has 4 bytes`)
})

test.each(FAULTS)('a server that %s costs its time limit, and nothing else', async (fault) => {
  const bad = await openBadServer(fault)
  try {
    await withoutCache({ ...TEAM, TURBO_API: bad.url, TURBO_CACHE: 'remote:rw' })
    expect(bad.options()).toBeGreaterThan(0)
  } finally {
    bad.stop()
  }
})
