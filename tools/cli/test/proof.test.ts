import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf } from '@cookbook/evidence/digest'
import { sealed } from '@cookbook/evidence/seal'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { observed } from '../../evidence/test/observed.ts'
import { eventLine } from '../src/watch/events.ts'
import { earlierProof, prove } from '../src/watch/proof.ts'

let root: string
let dir: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-proof-')))
  dir = join(root, 'patterns/ebb')
  mkdirSync(dir, { recursive: true })
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
})

const SEEN = observed({ digest: 'now', claims: [{ line: 1, text: '', test: '', verdict: 'skipped' }] })
const EVIDENCE = JSON.stringify(sealed(SEEN))
const leave = (text: string) => writeFileSync(join(dir, 'evidence.json'), text)

/** What is said of a runner that does this. */
function proven(script: string) {
  const checked: string[] = []
  const child = spawn('sh', ['-c', script], { cwd: dir, stdio: ['pipe', 'pipe', 'pipe'] })
  return { run: prove(root, 'ebb', child, (name) => checked.push(name)), child, checked }
}

const BROKE_OFF = { code: 'no-evidence', file: 'patterns/ebb/verify.test.ts' }

test('a runner that wrote its evidence is told by it, also over an earlier one of the same text', async () => {
  const written = `sleep 0.2; echo '${EVIDENCE}' >evidence.json`
  expect(await proven(written).run.ended).toEqual({ findings: [], skipped: 1 })
  const before = readFileSync(join(dir, 'evidence.json'), 'utf8')
  expect(await proven(written).run.ended).toEqual({ findings: [], skipped: 1 })
  expect(readFileSync(join(dir, 'evidence.json'), 'utf8')).toBe(before)
})

test('one that broke off is not told by what an earlier run left, but by its own last words', async () => {
  leave(EVIDENCE)
  const proof = await proven('for n in $(seq 50); do echo said $n; done; echo "no more" >&2; exit 1').run
    .ended
  expect(proof?.findings).toMatchObject([BROKE_OFF])
  const { detail } = proof!.findings[0]!
  expect(detail).toHaveLength(40)
  expect(detail).toContain('no more')
  expect(detail).not.toContain('said 1')
})

test.each([
  ['nothing', 'true'],
  ['half of it', "echo '{' >evidence.json"],
])('one that leaves %s broke off', async (_, script) => {
  expect((await proven(script).run.ended)?.findings).toMatchObject([BROKE_OFF])
})

test('each check is reported as it ends, and is not part of the output', async () => {
  const { run, checked } = proven(
    `echo '${eventLine({ event: 'checked', name: 'prints ebb' })}'; echo '{}'; echo opening`,
  )
  expect((await run.ended)?.findings[0]?.detail).toEqual(['{}', 'opening'])
  expect(checked).toEqual(['prints ebb'])
})

test('one that is cancelled ends, and proves nothing', async () => {
  leave(EVIDENCE)
  const { run, child } = proven(
    `echo '${EVIDENCE}' >evidence.json; echo '${eventLine({ event: 'checked', name: 'that' })}'; exec sleep 10`,
  )
  child.stdout.once('data', () => run.cancel())
  expect(await run.ended).toBeNull()
  expect(child.signalCode).toBe('SIGKILL')
})

test('an earlier proof is good for the text that it is of', () => {
  const now = { ...SEEN, digest: digestOf(root, dir) }
  expect(earlierProof(root, dir)).toBeNull()
  leave(JSON.stringify(sealed(now)))
  expect(earlierProof(root, dir)).toEqual({ findings: [], skipped: 1 })
  writeFileSync(join(dir, 'README.md'), '# Another\n')
  expect(earlierProof(root, dir)).toBeNull()
  rmSync(join(dir, 'README.md'))
  leave(JSON.stringify({ ...now, seal: 'none' }))
  expect(earlierProof(root, dir)).toBeNull()
})
