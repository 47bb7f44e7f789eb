import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { type Door, verify } from '../checkout/run.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())
const EVIDENCE = join(small.root, 'patterns/ebb/evidence.json')
const GENUINE = join(small.root, 'target/evidence.json')
const CACHE = join(small.root, '.turbo/cache')
const REMEDY = 'npm run verify -- --force'

type Part = 'text' | 'toolchain' | 'seal'

/** What is found where a part of the evidence is another one. */
const FOUND: Record<Part, string> = {
  text: 'stale-evidence',
  toolchain: 'stale-evidence',
  seal: 'forged-evidence',
}

/** Genuine evidence, as it was cached. */
const archives = new Map<string, Buffer>()
beforeAll(async () => {
  const run = await verify(small)
  expect(run, run.said).toMatchObject({ passed: true, patterns: { ebb: 'executed', flood: 'executed' } })
  for (const name of readdirSync(CACHE).filter((name) => name.endsWith('.tar.zst'))) {
    const archive = readFileSync(join(CACHE, name))
    if (zstdDecompressSync(archive).includes('patterns/')) archives.set(join(CACHE, name), archive)
  }
  expect(archives.size).toBe(2)
})

test.each<[Part, Door]>([
  ['text', 'npx turbo run verify'],
  ['toolchain', 'npm run verify'],
  ['seal', 'npx turbo run verify'],
])('evidence of another %s lies in the folder: %s is red and says what to do', async (part, door) => {
  execFileSync('cp', ['--preserve', EVIDENCE, GENUINE])
  writeFileSync(EVIDENCE, tamper(readFileSync(EVIDENCE), part))
  // turbo leaves an output alone whose size and time, in nanoseconds, are those that it remembers.
  execFileSync('touch', ['--reference', GENUINE, EVIDENCE])
  await expectFound(door, FOUND[part])
  renameSync(GENUINE, EVIDENCE)
})

test.each<[Part, Door]>([
  ['text', 'npm run verify'],
  ['toolchain', 'npx turbo run verify'],
  ['seal', 'npm run verify'],
])('evidence of another %s lies in the cache: %s is red and says what to do', async (part, door) => {
  for (const [archive, content] of archives)
    writeFileSync(archive, zstdCompressSync(tamper(zstdDecompressSync(content), part)))
  rmSync(EVIDENCE)
  await expectFound(door, FOUND[part])
})

test('what is forged is red also where one chapter is asked for', async () => {
  const run = await verify(small, { door: 'npm run verify', args: ['--filter=ebb'] })
  expect(run, run.said).toMatchObject({ passed: false, patterns: { ebb: 'cached' } })
  expect(run.said).toContain('patterns/ebb/README.md:1:1 forged-evidence')
})

test('what it says to do fixes it', async () => {
  const forced = await verify(small, { door: 'npm run verify', args: ['--force'] })
  expect(forced, forced.said).toMatchObject({ passed: true })
  const again = await verify(small)
  expect(again, again.said).toMatchObject({ passed: true, patterns: { ebb: 'cached', flood: 'cached' } })
})

async function expectFound(door: Door, code: string): Promise<void> {
  const run = await verify(small, { door })
  expect(run, run.said).toMatchObject({ passed: false, patterns: { ebb: 'cached', flood: 'cached' } })
  expect(run.said).toContain(`patterns/ebb/README.md:1:1 ${code}`)
  expect(run.said).toContain(REMEDY)
}

/** The same number of bytes with another digest, another toolchain's id or another seal. */
function tamper(content: Buffer, part: Part): Buffer {
  const text = content.toString('latin1')
  const { id } = JSON.parse(readFileSync(join(small.root, 'patterns/ebb/at-hand.json'), 'utf8'))
  const name = part === 'text' ? 'digest' : 'seal'
  const found = part === 'toolchain' ? id : new RegExp(`(?<="${name}": ")[0-9a-f]{64}`).exec(text)![0]
  return Buffer.from(text.replace(found, [...found].reverse().join('')), 'latin1')
}
