import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bothVersions, overlaps } from '@cookbook/cli/sync/conflict'
import { readRun } from '@cookbook/cli/verify/read-run'
import { digestOf } from '@cookbook/evidence/digest'
import { sealed } from '@cookbook/evidence/seal'
import {
  contentsFindings,
  type Finding,
  layoutFindings,
  readPackage,
  runFindings,
  showFinding,
  shownLines,
} from '@cookbook/guide'
import { notVerifiedFinding } from '@cookbook/harness/not-verified'
import { writeAtHand } from '@cookbook/toolchain/at-hand'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { evidenceFindings } from '../../../whole-guide/evidence.ts'
import { observed } from '../../evidence/test/observed.ts'

// The problems that no package has by itself: of the guide as a whole, of a run, and of two texts.

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-errors-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  write('Cargo.toml', '[workspace]\n')
  write('Cargo.lock', 'version = 4\n')
  const script = 'vitest run --config ../../tools/harness/vitest.config.ts'
  write('patterns/fetch/package.json', JSON.stringify({ scripts: { verify: script } }))
  write('patterns/fetch/src/lib.rs', '// ANCHOR: fetch\nfn fetch() {}\n// ANCHOR_END: fetch\n')
  write('patterns/fetch/README.md', '# Fetch\n\n```rust src/lib.rs#fetch\nfn fetch(url: &str) {}\n```\n')
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const snapshot = (name: string) => join(import.meta.dirname, `fixtures/${name}.txt`)
const report = (findings: readonly Finding[]) => `${findings.map(showFinding).join('\n\n')}\n`

test('contents', async () => {
  const readme = '- [stream](patterns/stream/README.md)\n'
  await expect(report(await contentsFindings(root, readme, []))).toMatchFileSnapshot(snapshot('contents'))
})

test('stale-evidence', async () => {
  const evidence = observed({ digest: 'of another text' })
  write('patterns/fetch/evidence.json', JSON.stringify(sealed(evidence)))
  await writeAtHand(join(root, 'patterns/fetch'), { ...evidence.toolchain, missing: [] })
  const findings = await evidenceFindings(root, false)
  await expect(report(findings)).toMatchFileSnapshot(snapshot('stale-evidence'))
})

test('not-verified', async () => {
  const missing = {
    need: 'boost' as const,
    problem: 'boost was not found, 1.74.0 or newer is needed',
    fix: 'install: apt-get install libboost-dev',
  }
  await expect(report([notVerifiedFinding('fetch', missing)])).toMatchFileSnapshot(snapshot('not-verified'))
})

test('forged-evidence', async () => {
  const digest = digestOf(root, join(root, 'patterns/fetch'))
  const evidence = sealed(observed({ digest }))
  write('patterns/fetch/evidence.json', JSON.stringify({ ...evidence, seal: 'none' }))
  await writeAtHand(join(root, 'patterns/fetch'), { ...evidence.toolchain, missing: [] })
  const findings = await evidenceFindings(root, false)
  await expect(report(findings)).toMatchFileSnapshot(snapshot('forged-evidence'))
})

test('unreadable', async () => {
  execFileSync('mkfifo', [join(root, 'patterns/fetch/src/main.rs')])
  symlinkSync('circle.rs', join(root, 'patterns/fetch/src/circle.rs'))
  write('patterns/fetch/src/huge.rs', '')
  truncateSync(join(root, 'patterns/fetch/src/huge.rs'), 3 * 1024 ** 3)
  mkdirSync(join(root, 'patterns/fetch/evidence.json'))
  await expect(report(layoutFindings(root, 'fetch'))).toMatchFileSnapshot(snapshot('unreadable'))
})

test('no-evidence', async () => {
  const task = { package: 'fetch', task: 'verify', cached: false, output: ['SyntaxError: Unexpected token'] }
  const { findings } = await readRun(root, { passed: false, tasks: [task], words: [] }, 0, new Map())
  await expect(report(findings)).toMatchFileSnapshot(snapshot('no-evidence'))
})

test('never-ran', async () => {
  const pkg = await readPackage(root, join(root, 'patterns/fetch'))
  const counts = new Map([['src/lib.rs', new Map([[2, 0]])]])
  const findings = [
    ...runFindings(pkg, shownLines(pkg, counts)),
    ...runFindings(pkg, shownLines(pkg, new Map())),
  ]
  await expect(report(findings)).toMatchFileSnapshot(snapshot('never-ran'))
})

test('conflict', async () => {
  const pkg = await readPackage(root, join(root, 'patterns/fetch'))
  const [example] = pkg.chapter.examples
  const said = [bothVersions(pkg, example!), overlaps(pkg, example!)]
  await expect(report(said)).toMatchFileSnapshot(snapshot('conflict'))
})
