import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evidence } from '@cookbook/evidence'
import { digestOf } from '@cookbook/evidence/digest'
import { writeEvidence } from '@cookbook/evidence/write'
import { createMarkdownRenderer, disposeMdItInstance } from 'vitepress'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { extendMarkdown } from '../src/markdown.ts'
import { pagesOf } from '../src/pages.ts'
import { openRepository } from '../src/repository.ts'

const CHAPTER = `# Wait: for a timer

\`\`\`rust src/lib.rs#wait
pub fn wait() {}
\`\`\`

\`\`\`text expected/out.txt
done
\`\`\`

## What can go wrong

- It ends. [proved](tests/end.rs#it_ends)
- It ends twice, see {{ nothing }}. [proved](tests/end.rs#it_ends_twice)
`
const FILES: Record<string, string> = {
  'Cargo.toml': '[workspace]\n',
  'Cargo.lock': 'version = 4\n',
  'docs/matrix.json': '{}\n',
  'README.md': '# A guide\n\n- [wait](patterns/wait/README.md)\n',
  'patterns/wait/README.md': CHAPTER,
  'patterns/wait/package.json': '{}\n',
  'patterns/wait/verify.test.ts': "wait.prints('wait', 'expected/out.txt')\n",
  'patterns/wait/expected/out.txt': 'done\n',
  'patterns/wait/src/lib.rs': '// ANCHOR: wait\npub fn wait() {}\n// ANCHOR_END: wait\n',
  'patterns/wait/tests/end.rs': '\n#[test]\nfn it_ends() {}\n\n#[test]\nfn it_ends_twice() {}\n',
}

let root: string
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: root })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'))
  for (const [path, text] of Object.entries(FILES)) write(path, text)
  write('.gitignore', 'evidence.json\n')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'all')
})
afterEach(() => rmSync(root, { recursive: true }))

/** What a verification of the files as they lie there would leave. */
async function verify(): Promise<void> {
  const dir = join(root, 'patterns/wait')
  await writeEvidence(dir, {
    pattern: 'wait',
    chapter: { file: 'patterns/wait/README.md', title: 'Wait' },
    toolchain: {
      kind: 'docker',
      id: '0123456789abcdef',
      tools: [
        { name: 'rustc', program: 'rustc', version: '1.99.0', output: '' },
        { name: 'g++', program: 'g++', version: '15.1.0', output: '' },
        { name: 'valgrind', program: 'valgrind', version: '4.0.0', output: '' },
      ],
    },
    digest: digestOf(root, dir),
    turboHash: null,
    durationMs: 1,
    examples: [
      { line: 3, lang: 'rust', source: 'src/lib.rs#wait', verdict: 'verified' },
      { line: 7, lang: 'text', source: 'expected/out.txt', verdict: 'failing' },
    ],
    claims: [
      { line: 13, text: 'It ends.', test: 'tests/end.rs#it_ends', verdict: 'proved' },
      { line: 14, text: 'It ends twice.', test: 'tests/end.rs#it_ends_twice', verdict: 'skipped' },
    ],
    checks: [{ name: 'verify.test.ts#sanitizers', result: 'passed', reason: null, durationMs: 1 }],
    commands: [],
    findings: [],
  })
}

/** The chapter as the site shows it; Shiki's spans are taken away. */
async function render(): Promise<string> {
  const repository = openRepository(root, { SITE_REPOSITORY: 'https://host.example/o/r' })
  disposeMdItInstance()
  const md = await createMarkdownRenderer(root, {
    config: (md) => extendMarkdown(md, repository, pagesOf(repository)),
  })
  const path = join(root, 'patterns/wait/README.md')
  return md.render(readFileSync(path, 'utf8'), { path, relativePath: 'wait/index.md', cleanUrls: false })
}
const head = () => git('rev-parse', 'HEAD').toString().trim()
const statesOf = (html: string) =>
  [...html.matchAll(/class="(?:proof|claim|summary) (\w+)"/g)].map(([, state]) => state)

test('what was verified says by what, when, at which commit, and leads to the test', async () => {
  await verify()
  const html = await render()
  expect(statesOf(html)).toEqual(['failing', 'verified', 'failing', 'verified', 'unknown'])
  const today = new Date().toISOString().slice(0, 10)
  expect(html).toContain(
    `By rustc 1.99.0, g++ 15.1.0, AddressSanitizer, LeakSanitizer, UndefinedBehaviorSanitizer in Docker, on ${today}, at <a href="https://host.example/o/r/commit/`,
  )
  expect(html).toContain('1 of 2 blocks verified, 1 of 2 claims proved.')
  const at = `https://host.example/o/r/blob/${head()}/patterns/wait`
  expect(html).toContain(`<a class="path" href="${at}/src/lib.rs#L1">src/lib.rs</a>`)
  expect(html).toContain(`href="${at}/verify.test.ts#L1"`)
  expect(html).toContain(`<a href="${at}/tests/end.rs#L3" class="claim verified"`)
  expect(html).toContain(`<a href="${at}/tests/end.rs#L6" class="claim unknown"`)
})

test('without evidence nothing is verified here', async () => {
  const html = await render()
  expect(statesOf(html)).toEqual(Array(5).fill('unknown'))
  expect(html).toContain('Not verified here: there is no evidence.')
  expect(html).not.toContain('>proved<')
  expect(html).not.toContain('>verified<')
})

test.each([
  [
    'a block and its source',
    ['patterns/wait/README.md', 'patterns/wait/src/lib.rs'],
    'wait() {}',
    'wait() { todo!() }',
  ],
  ['a block alone', ['patterns/wait/README.md'], 'wait() {}', 'wait() { }'],
  ['a test', ['patterns/wait/tests/end.rs'], '{}', '{ }'],
  ['the locked crates', ['Cargo.lock'], '4', '5'],
])('evidence from before a change of %s is never shown', async (_, paths, before, after) => {
  await verify()
  for (const path of paths) write(path, FILES[path]!.replaceAll(before, after))
  const html = await render()
  expect(statesOf(html)).toEqual(Array(5).fill('unknown'))
  expect(html).toContain('Not verified here: files changed since verification.')
})

test('evidence that the harness did not write is never shown', async () => {
  await verify()
  const path = join(root, 'patterns/wait/evidence.json')
  const evidence: Evidence = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(
    path,
    JSON.stringify({
      ...evidence,
      examples: evidence.examples.with(1, { ...evidence.examples[1]!, verdict: 'verified' }),
    }),
  )
  const html = await render()
  expect(statesOf(html)).toEqual(Array(5).fill('unknown'))
})

test('of what is not committed no commit is named', async () => {
  write('patterns/wait/tests/more.rs', '\n')
  await verify()
  expect(await render()).toContain('with uncommitted changes.')
})

test('Vue reads nothing into the text of a page', async () => {
  expect(await render()).toContain('see &#123;&#123; nothing')
})

test('the name of a file stands above its block once, and neighbours are left to the site', async () => {
  const name = '[`src/lib.rs`](src/lib.rs)\n'
  const foot = '\nPrevious: [a](../a/README.md) · [All chapters](../../README.md)\n'
  write('patterns/wait/README.md', CHAPTER.replace('```rust', `${name}$&`) + foot)
  const html = await render()
  expect(html.match(/>src\/lib\.rs</g)).toHaveLength(1)
  expect(html).not.toContain('All chapters')
})

test('cells of the matrix count where they saw this text', async () => {
  await verify()
  const digest = digestOf(root, join(root, 'patterns/wait'))
  const cell = (of: string) => ({ kind: 'ran', chapters: { wait: { kind: 'passed', digest: of } } })
  const cells = {
    'host/g++-12/c++20/stable/debug/threads': cell(digest),
    'host/g++-14/c++20/stable/debug/plain': cell('other'),
  }
  write('docs/matrix.json', JSON.stringify(cells))
  expect(await render()).toContain(
    '<a href="../docs/matrix.html">The matrix</a> passed it in 1 cells: host; g++-12; c++20; debug; threads.',
  )
})
