import { glob, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type FloorName, openToolchain } from '@cookbook/toolchain'
import { afterAll, beforeAll, beforeEach, describe, test, vi } from 'vitest'
import type { Case } from './case.ts'
import { places, saysTheSame } from './compilers.ts'
import { apply, type Copy, layBase } from './copy.ts'
import { openPool, type Pool } from './pool.ts'
import { seen } from './seen.ts'
import { type Ran, verify } from './verify.ts'

const COPIES = Math.min(4, availableParallelism())
const LIMIT_MS = 10 * 60_000
const CASES = join(import.meta.dirname, '../fixtures/cases')

const files = (await Array.fromAsync(glob('*.ts', { cwd: CASES }))).sort()
const cases = await Promise.all(
  files.map(async (file) => {
    const { default: module } = (await import(join(CASES, file))) as { default: Case }
    return { ...module, name: basename(file, '.ts') }
  }),
)
// What the compiler says is compared, so it is always the same compiler that is asked.
vi.stubEnv('CXX', 'g++')
// Only a tool that is needed is asked for its version.
const opened = await openToolchain(import.meta.dirname, 'host', { needs: ['cmake'] })

// Other compilers say the same things in other words.
const exactly = opened.kind === 'open' && saysTheSame(opened.toolchain.tools)

const lacks = (name: FloorName) =>
  opened.kind === 'open' && opened.toolchain.tools.find((tool) => tool.name === name)?.version == null

let scratch: string | undefined
let base: Copy
let green: Ran
let pool: Pool

describe.concurrent('what a person sees of', { timeout: LIMIT_MS }, () => {
  beforeAll(async () => {
    if (opened.kind === 'unavailable') return
    scratch = await realpath(await mkdtemp(join(tmpdir(), 'harness-')))
    base = await layBase(join(scratch, 'base'))
    green = await verify(base)
    pool = await openPool(base, COPIES)
  }, LIMIT_MS)
  afterAll(() => scratch && rm(scratch, { recursive: true, force: true }))
  beforeEach(({ skip }) => {
    if (opened.kind === 'unavailable') skip(opened.problem)
  })

  test('a pattern with nothing wrong', async ({ expect }) => {
    expect(green.words).toContain('passed')
    expect(green.passed, green.words).toBe(true)
    await expect(await seen(base, green)).toMatchFileSnapshot(join(CASES, '../green.txt'))
  })

  // In a loop, because vitest cuts long titles of a table.
  for (const { name, title, first, env, needs, ...change } of cases) {
    test(title, async ({ expect, skip }) => {
      if (needs && lacks(needs)) skip(`${needs} is not installed`)
      await pool.use(async (copy) => {
        const before = await apply(copy, first ?? {})
        try {
          if (first) {
            const ran = await verify(copy, env)
            expect(ran.passed, ran.words).toBe(true)
          }
          const broken = await apply(copy, change)
          try {
            const ran = await verify(copy, env)
            expect(ran.passed).toBe(false)
            expect(ran.evidence, ran.words).not.toBeNull()
            const snapshot = join(CASES, `${name}.txt`)
            const text = await seen(copy, ran)
            if (exactly) await expect(text).toMatchFileSnapshot(snapshot)
            else expect(places(text)).toEqual(places(await readFile(snapshot, 'utf8')))
          } finally {
            await broken.undo()
          }
        } finally {
          await before.undo()
        }
      })
    })
  }
})
