import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Observed } from '@cookbook/evidence'
import { digestOf } from '@cookbook/evidence/digest'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { sealed } from '@cookbook/evidence/seal'
import type { Finding } from '@cookbook/guide'
import { writeFileAtomic } from '@cookbook/toolchain'
import { writeAtHand } from '@cookbook/toolchain/at-hand'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { observed } from '../tools/evidence/test/observed.ts'
import { evidenceFindings } from './evidence.ts'

const atHand = { kind: 'host' as const, id: '0123456789abcdef', tools: [], missing: [] }
const drift: Finding = {
  code: 'drift',
  severity: 'error',
  file: 'patterns/oneshot/README.md',
  line: 4,
  column: 1,
  message: 'the example differs',
  detail: [],
  fix: 'npm run sync',
}
let root: string
let dir: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evidence-'))
  dir = join(root, 'patterns/oneshot')
  await writeFileAtomic(join(root, 'Cargo.toml'), '[workspace]\n')
  await writeFileAtomic(join(root, 'Cargo.lock'), 'version = 4\n')
  const script = 'vitest run --config ../../tools/harness/vitest.config.ts'
  await writeFileAtomic(join(dir, 'package.json'), JSON.stringify({ scripts: { verify: script } }))
  await writeFileAtomic(join(dir, 'README.md'), '# Oneshot\n')
  await writeFileAtomic(join(dir, 'src/lib.rs'), 'pub fn fetch() {}\n')
  await writeAtHand(dir, atHand)
  await write()
})

afterEach(() => rm(root, { recursive: true }))

function write(more: Partial<Observed> = {}): Promise<void> {
  const { kind, id, tools } = atHand
  const evidence = sealed(observed({ toolchain: { kind, id, tools }, digest: digestOf(root, dir), ...more }))
  return writeFile(join(dir, EVIDENCE_FILE), JSON.stringify(evidence))
}

const stale = (message: string) => [
  {
    code: 'stale-evidence',
    severity: 'error',
    file: 'patterns/oneshot/README.md',
    line: 1,
    column: 1,
    message,
    detail: [],
    fix: 'npm run verify -- --force',
  },
]
const OTHER_TEXT = stale('its evidence is stale: files changed since verification')

test('evidence of what lies here, from the toolchain at hand, holds', async () => {
  expect(await evidenceFindings(root, false)).toEqual([])
})

test('a pattern without evidence', async () => {
  await rm(join(dir, EVIDENCE_FILE))
  expect(await evidenceFindings(root, false)).toEqual(stale('there is no evidence'))
})

test('evidence of another compiler', async () => {
  const toolchain = { kind: 'docker' as const, id: 'fedcba9876543210', tools: [] }
  await write({ toolchain })
  expect(await evidenceFindings(root, false)).toEqual(
    stale('its evidence is of the toolchain docker fedcba9876543210, at hand is host 0123456789abcdef'),
  )
})

test.for(['Cargo.toml', 'Cargo.lock', 'patterns/oneshot/README.md', 'patterns/oneshot/src/lib.rs'])(
  'evidence from before %s changed',
  async (path) => {
    await appendFile(join(root, path), '\n')
    expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
  },
)

test('evidence from before the library changed, where the pattern takes a crate of it', async () => {
  await writeFileAtomic(join(root, 'crates/await/Cargo.toml'), '[package]\nname = "await"\n')
  await writeFileAtomic(join(root, 'crates/await/src/lib.rs'), 'pub fn wait() {}\n')
  await appendFile(join(root, 'crates/await/src/lib.rs'), '\n')
  expect(await evidenceFindings(root, false)).toEqual([])
  await writeFileAtomic(join(dir, 'Cargo.toml'), '[dependencies]\nawait = { path = "../../crates/await" }\n')
  await write()
  expect(await evidenceFindings(root, false)).toEqual([])
  await appendFile(join(root, 'crates/await/src/lib.rs'), '\n')
  expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
})

test('evidence from before a file came or went', async () => {
  await writeFileAtomic(join(dir, 'include/oneshot.h'), '')
  expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
  await write()
  expect(await evidenceFindings(root, false)).toEqual([])
  await rm(join(dir, 'include'), { recursive: true })
  expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
})

test('evidence from before text moved from one file to another', async () => {
  await writeFileAtomic(join(dir, 'src/a.rs'), 'ab')
  await writeFileAtomic(join(dir, 'src/b.rs'), 'c')
  await write()
  await writeFileAtomic(join(dir, 'src/a.rs'), 'a')
  await writeFileAtomic(join(dir, 'src/b.rs'), 'bc')
  expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
})

test('evidence of two files does not pass for that of one which holds the name of the other', async () => {
  await writeFileAtomic(join(dir, 'src/a.rs'), 'a')
  await writeFileAtomic(join(dir, 'src/b.rs'), 'b')
  await write()
  await writeFileAtomic(join(dir, 'src/a.rs'), 'asrc/b.rs\0\0b')
  await rm(join(dir, 'src/b.rs'))
  expect(await evidenceFindings(root, false)).toEqual(OTHER_TEXT)
})

test("an editor's files, build folders and caches change nothing", async () => {
  for (const path of ['.lib.rs.swp', 'src/lib.rs~', 'target/debug/oneshot', 'node_modules/.vite/a.js'])
    await writeFileAtomic(join(dir, path), 'anything')
  expect(await evidenceFindings(root, false)).toEqual([])
})

test('errors of a replayed verification are errors still, and warnings are not', async () => {
  await write({ findings: [drift, { ...drift, severity: 'warning' }] })
  expect(await evidenceFindings(root, false)).toEqual([drift])
})

test('evidence that is cut short or no JSON', async () => {
  await writeFile(join(dir, EVIDENCE_FILE), '{"pattern": "one')
  expect(await evidenceFindings(root, false)).toEqual(stale('its evidence cannot be read'))
})

test('a pattern that was not verified here passes, unless all are required', async () => {
  const finding: Finding = { ...drift, code: 'not-verified', severity: 'warning' }
  await write({ findings: [finding] })
  expect(await evidenceFindings(root, false)).toEqual([finding])
  expect(await evidenceFindings(root, true)).toEqual([{ ...finding, severity: 'error' }])
})

test('evidence that says something else than the harness wrote', async () => {
  await write({ findings: [drift] })
  const path = join(dir, EVIDENCE_FILE)
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), findings: [] }))
  expect(await evidenceFindings(root, false)).toMatchObject([{ code: 'forged-evidence', file: drift.file }])
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), seal: undefined }))
  expect(await evidenceFindings(root, false)).toMatchObject([{ code: 'forged-evidence' }])
})

test('evidence of a package whose command is another than the harness', async () => {
  await writeFileAtomic(join(dir, 'package.json'), '{ "scripts": { "verify": "node forge.js" } }')
  await write()
  expect(await evidenceFindings(root, false)).toMatchObject([
    { code: 'runner-form', file: 'patterns/oneshot/package.json', line: 1 },
  ])
})
