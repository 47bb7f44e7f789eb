import { execFileSync } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkPackage, readPackage, withNewerSide } from '@cookbook/guide'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { overwrite } from '../src/overwrite.ts'
import { sync } from '../src/sync.ts'

const LIB =
  '// ANCHOR: fetch\npub fn fetch() {\n    // ANCHOR: inner\n    ask();\n    // ANCHOR_END: inner\n    wait();\n}\n// ANCHOR_END: fetch\n'
const CHAPTER =
  '# Fetch\n\nProse.\n\n```rust src/lib.rs#fetch\npub fn fetch() {\n    ask();\n    wait();\n}\n```\n\nMore prose.\n'

let root: string
let said: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-sync-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  said = ''
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((line: string) => {
      said += `${line}\n`
    })
  onTestFinished(() => void vi.restoreAllMocks())
  write('package.json', '{}')
  write('src/lib.rs', LIB)
  write('README.md', CHAPTER)
})

const path = (name: string) => join(root, 'patterns/fetch', name)
const read = (name: string) => readFileSync(path(name), 'utf8')
function write(name: string, text: string): void {
  mkdirSync(dirname(path(name)), { recursive: true })
  writeFileSync(path(name), text)
}
function edit(name: string, found: string, by: string): void {
  expect(read(name)).toContain(found)
  write(name, read(name).replace(found, by))
}
function commit(): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' })
  git('init', '--quiet')
  git('add', 'patterns')
  git(
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@localhost',
    '-c',
    'commit.gpgsign=false',
    'commit',
    '-qm',
    'Change',
  )
}
async function remedy(): Promise<string | undefined> {
  const pkg = await readPackage(root, path('.'))
  const findings = await withNewerSide(pkg, checkPackage(pkg))
  return findings.find(({ code }) => code === 'drift')?.remedy
}
const kept = () =>
  globSync('target/replaced/fetch/*', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'))
const BOTH = 'ake the source: npm run sync. Keep the chapter: npm run sync -- --from-chapter'

test('the source changed last: drift says so, and sync writes the chapter', async () => {
  commit()
  edit('src/lib.rs', 'wait();', 'wait(1);')
  expect(await remedy()).toBe(`the source changed last. T${BOTH}`)
  expect(await sync(root, []), said).toBe(0)
  expect(read('README.md')).toBe(CHAPTER.replace('wait();', 'wait(1);'))
  expect(kept()).toEqual([])
})

test('the chapter changed last: drift says so, and sync --from-chapter writes the source, its anchors as they were', async () => {
  commit()
  edit('README.md', '    wait();\n', '    wait(1);\n    wait(2);\n')
  expect(await remedy()).toBe(`the chapter changed last. T${BOTH}`)
  expect(await sync(root, ['--from-chapter', 'fetch']), said).toBe(0)
  expect(said).toContain('patterns/fetch/src/lib.rs written from patterns/fetch/README.md:5')
  expect(read('src/lib.rs')).toBe(LIB.replace('    wait();\n', '    wait(1);\n    wait(2);\n'))
  expect(await remedy()).toBe(undefined)
  expect(kept()).toEqual([])
})

test.each([
  ['the chapter', 'README.md', []],
  ['the source', 'src/lib.rs', ['--from-chapter']],
])('%s changed last and is overwritten: its text is kept', async (_, name, args) => {
  commit()
  edit(name, 'wait();', 'wait("mine");')
  const mine = read(name)
  expect(await sync(root, args), said).toBe(0)
  expect(read(name)).toBe(name === 'README.md' ? CHAPTER : LIB)
  expect(kept()).toEqual([mine])
  expect(said).toMatch(/what stood there is kept in target\/replaced\/fetch\//)
})

test.each([[[]], [['--from-chapter']]])(
  'both changed: sync %j is refused with both versions',
  async (args) => {
    commit()
    edit('README.md', 'wait();', 'wait("chapter");')
    edit('src/lib.rs', 'wait();', 'wait("source");')
    const before = ['README.md', 'src/lib.rs'].map(read)
    expect(await remedy()).toContain('both changed since they last agreed')
    expect(await sync(root, args)).toBe(1)
    expect(['README.md', 'src/lib.rs'].map(read)).toEqual(before)
    expect(said).toContain('patterns/fetch/README.md:5:1 conflict: both the chapter and the source changed')
    expect(said).toContain('wait("chapter");')
    expect(said).toContain('wait("source");')
  },
)

test('a conflict holds up no other example', async () => {
  write('src/lib.rs', `${LIB}// ANCHOR: stop\npub fn stop() {}\n// ANCHOR_END: stop\n`)
  write('README.md', `${CHAPTER}\n\`\`\`rust src/lib.rs#stop\npub fn stop() {}\n\`\`\`\n`)
  commit()
  edit('README.md', 'wait();', 'wait("chapter");')
  edit('src/lib.rs', 'wait();', 'wait("source");')
  edit('src/lib.rs', 'fn stop() {}', 'fn stop(now: bool) {}')
  expect(await sync(root, [])).toBe(1)
  expect(read('README.md')).toContain('fn stop(now: bool) {}')
  expect(read('README.md')).toContain('wait("chapter");')
})

test('who edits and syncs many times before a commit is never refused', async () => {
  commit()
  for (const round of [1, 2, 3]) {
    edit('src/lib.rs', round === 1 ? 'ask();' : `ask(${round - 1});`, `ask(${round});`)
    expect(await remedy()).toContain('the source changed last')
    expect(await sync(root, []), said).toBe(0)
    edit('README.md', round === 1 ? 'wait();' : `wait(${round - 1});`, `wait(${round});`)
    expect(await remedy()).toContain('the chapter changed last')
    expect(await sync(root, ['--from-chapter']), said).toBe(0)
  }
  expect(read('README.md')).toBe(CHAPTER.replace('ask()', 'ask(3)').replace('wait()', 'wait(3)'))
  expect(read('src/lib.rs')).toBe(LIB.replace('ask()', 'ask(3)').replace('wait()', 'wait(3)'))
  expect(kept()).toEqual([])
})

test.each(['README.md', 'src/lib.rs'])(
  'drift that is committed: git says that %s changed last',
  async (name) => {
    commit()
    edit(name, 'wait();', 'wait(1);')
    commit()
    edit('README.md', 'More prose.', 'Other prose.')
    commit()
    expect(await remedy()).toContain(`the ${name === 'README.md' ? 'chapter' : 'source'} changed last`)
  },
)

test.each([
  [[], 'README.md'],
  [['--from-chapter'], 'src/lib.rs'],
])('without git, sync %j keeps what it overwrites in %s', async (args, name) => {
  edit('README.md', 'wait();', 'wait(1);')
  const before = read(name)
  expect(await remedy()).toBe(`t${BOTH}`)
  expect(await sync(root, args), said).toBe(0)
  expect(await remedy()).toBe(undefined)
  expect(kept()).toEqual([before])
})

test('line ends, a byte order mark, a missing final line feed and the mode of a source stay', async () => {
  const odd = `\ufeff${LIB.replaceAll('\n', '\r\n')}`.replace(/\r\n$/, '')
  write('src/lib.rs', odd)
  execFileSync('chmod', ['755', path('src/lib.rs')])
  commit()
  edit('README.md', '    wait();\n}\n', '    wait();\n    stop();\n}\n')
  expect(await sync(root, ['--from-chapter']), said).toBe(0)
  expect(read('src/lib.rs')).toBe(odd.replace('wait();\r\n', 'wait();\r\n    stop();\r\n'))
  expect(statSync(path('src/lib.rs')).mode & 0o777).toBe(0o755)
})

test.each([
  [
    'another example shows the same lines',
    '\n```rust src/lib.rs#inner\n    ask();\n```\n',
    'ask();',
    'ask(1);',
  ],
  ['the example holds an anchor', '', 'wait();', '// ANCHOR: mine\n    wait();'],
])('--from-chapter is refused where %s', async (_, more, found, by) => {
  write('README.md', CHAPTER + more)
  commit()
  edit('README.md', found, by)
  expect(await sync(root, ['--from-chapter'])).toBe(1)
  expect(read('src/lib.rs')).toBe(LIB)
  expect(said).toContain('the example cannot be written into its source')
})

test('an unknown word is refused', async () => {
  expect(await sync(root, ['--from-source'])).toBe(2)
  expect(said).toContain("sync: Unknown option '--from-source'")
  expect(await sync(root, ['fech'])).toBe(2)
  expect(said).toContain('sync: no pattern is named fech, expected any of fetch')
})

test('a file that was saved meanwhile is left alone', async () => {
  const pkg = await readPackage(root, path('.'))
  edit('README.md', 'Prose.', 'Typed just now.')
  const after = Buffer.from(CHAPTER.replace('ask()', 'ask(1)'))
  await expect(overwrite(pkg, 'README.md', pkg.chapter.bytes, after, false)).rejects.toThrow(
    'saved by somebody else',
  )
  expect(read('README.md')).toContain('Typed just now.')
})
