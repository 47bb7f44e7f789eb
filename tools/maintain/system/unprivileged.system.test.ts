import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AS_PROGRAM } from '../../audit/test/hostile-expected.ts'
import { runUnprivileged } from '../checkout/unprivileged.ts'

const HOSTILE = join(import.meta.dirname, '../../audit/fixtures/hostile')
/** Those whose end depends on who runs them. */
const GUIDES = ['reads-secret', 'opens-network', 'makes-namespaces', 'leaves-symlink']

const WHO = `# Who runs it

\`src/main.rs\`:

\`\`\`rust
fn main() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    for line in status.lines().filter(|line| line.starts_with("Uid:") || line.starts_with("CapEff:")) {
        println!("{}", line.split_whitespace().nth(1).unwrap());
    }
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    for name in ["core file size", "open files", "file size", "locked memory", "processes"] {
        let line = limits.lines().find(|line| line.starts_with(&format!("Max {name} "))).unwrap();
        println!("{name}: {}", line[26..].split_whitespace().next().unwrap());
    }
}
\`\`\`
`

type Reported = {
  blocks: { file: string; verdict: string; reason: string; group: string | null }[]
  groups: { name: string; run: { stdout: string } | null }[]
}

const folder = mkdtempSync(join(tmpdir(), 'cookbook-unprivileged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let reported: Reported
let uid: number

beforeAll(() => {
  const pages = join(folder, 'pages')
  mkdirSync(pages)
  for (const guide of GUIDES) copyFileSync(join(HOSTILE, `${guide}.md`), join(pages, `${guide}.md`))
  writeFileSync(join(pages, 'who.md'), WHO)
  const report = join(folder, 'home/report.json')
  const work = `--work-folder=${join(folder, 'home/work')}`
  const ran = runUnprivileged(folder, [
    ...[
      'audit',
      '--sandbox=bubblewrap',
      '--no-cache',
      '--fail-on=never',
      work,
      `--format=json=${report}`,
      pages,
    ],
  ])
  if (ran.status !== 0) throw new Error(`the audit ended with ${ran.status}: ${ran.stdout}${ran.stderr}`)
  uid = ran.uid
  reported = JSON.parse(readFileSync(report, 'utf8'))
})

const blocksOf = (guide: string) => reported.blocks.filter(({ file }) => file.endsWith(`/${guide}.md`))
const printedBy = (guide: string) =>
  reported.groups
    .filter(({ name }) => blocksOf(guide).some(({ group }) => group === name))
    .map(({ run }) => run?.stdout ?? '')
    .join('')

test('a guide’s program is run as the caller, who is not root, and without any right', () => {
  expect(uid).not.toBe(0)
  expect(printedBy('who').split('\n').slice(0, 2)).toEqual([`${uid}`, '0000000000000000'])
})

test('what it may take is limited', () => {
  expect(printedBy('who').trim().split('\n').slice(2)).toEqual([
    'core file size: 0',
    'open files: 4096',
    'file size: 1073741824',
    'locked memory: 0',
    'processes: 512',
  ])
})

test.each(GUIDES)('%s does no more harm than to root', (guide) => {
  const verdicts = blocksOf(guide).map(({ verdict, reason }) => `${verdict}: ${reason}`)
  expect(verdicts.join('\n')).toMatch(AS_PROGRAM[guide]!.verdicts)
  expect(printedBy(guide)).toMatch(AS_PROGRAM[guide]!.printed)
})
