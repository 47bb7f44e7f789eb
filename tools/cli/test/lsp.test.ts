import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf } from '@cookbook/evidence/digest'
import { writeEvidence } from '@cookbook/evidence/write'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { observed } from '../../evidence/test/observed.ts'
import { applied, type Editor, openEditor, uriOf } from './lsp-client.ts'
import { CHAPTER, LIB, smallChapter } from './small-chapter.ts'

// A whole command starts, on a machine that may be busy.
const LIMIT_MS = 60_000
vi.setConfig({ testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS })
let editor: Editor
// There is no such sandbox: no page is tried, and what needs no compiler is said all the same.
beforeAll(async () => {
  editor = await openEditor(['--stdio', '--sandbox=none'], LIMIT_MS)
})
afterAll(async () => {
  expect(await editor.exit(), editor.said()).toBe(0)
})

const codes = (found: { code?: unknown }[]) => found.map(({ code }) => code)

/** A page in a folder of its own. */
function page(text: string, more: Record<string, string> = {}, name = 'page.md'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook lsp ')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of Object.entries({ ...more, [name]: text })) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return join(folder, name)
}

const small = smallChapter()
const GUIDE = { 'turbo.json': '{}', 'Cargo.toml': '', 'Cargo.lock': '' }

function openGuide(): string {
  for (const [name, text] of Object.entries(GUIDE)) small.write(`../../${name}`, text)
  small.write('tests/fetch.rs', '#[test]\nfn it_asks() {\n    assert!(fetch::fetch());\n}\n')
  small.write(
    'README.md',
    `${CHAPTER}\n## What can go wrong\n\n- It asks: [proved](tests/fetch.rs#it_asks).\n`,
  )
  return small.path('README.md')
}

const paste = (found: { code?: unknown }[]) => found.filter(({ code }) => code !== 'not-pasteable')

test('it says what it can do', () => {
  const { capabilities, serverInfo } = editor.initialized
  expect(serverInfo?.name).toBe('cookbook')
  expect(capabilities).toMatchObject({ hoverProvider: true, documentLinkProvider: {} })
})

test('a page that is edited: what is read of it is said at once, and that it was not audited', async () => {
  const text = '# Page\n\n```cpp\n#include <thread>\nint main() { std::thread([] {}).detach(); }\n```\n'
  const path = page(text)
  await editor.open(path)
  const found = await editor.diagnostics(path, (all) => all.length === 2)
  expect(codes(found)).toEqual(['not-audited', 'detached-thread'])
  expect(found[0]?.message).toContain('this page was not audited: ')
  const line = text.split('\n')[4]!
  expect(found[1]).toMatchObject({
    severity: 2,
    source: 'cookbook',
    codeDescription: { href: expect.stringMatching(/best-practices\/README\.md#threads$/) },
    range: {
      start: { line: 4, character: line.indexOf('detach') },
      end: { line: 4, character: line.indexOf('detach') + 'detach'.length },
    },
  })
  await editor.type(path, text.replace('```cpp', '<!-- cookbook: skip: -->\n```cpp'))
  const commented = await editor.diagnostics(path, (all) => codes(all).includes('unreadable'))
  expect(commented.find(({ code }) => code === 'unreadable')?.message).toContain('gives no reason')
  await editor.type(path, text.replace('```cpp', '<!-- cookbook: skip: an old one -->\n```cpp'))
  await editor.diagnostics(path, (all) => codes(all).join() === 'not-audited')
  await editor.close(path)
  await editor.diagnostics(path, (all) => all.length === 0)
})

test('a column is one of UTF-16, whatever stands before it', async () => {
  const path = page(
    '# Page\n\n```cpp\n#include <thread>\n/* 🦀ü */ int main() { std::thread([] {}).detach(); }\n```\n',
  )
  await editor.open(path)
  const found = await editor.diagnostics(path, (all) => codes(all).includes('detached-thread'))
  const at = '/* 🦀ü */ int main() { std::thread([] {}).detach(); }'.indexOf('detach')
  expect(found.at(-1)?.range.start.character).toBe(at)
})

test('what is no page of code is left alone, and what the configuration does not list', async () => {
  const bad = '```cpp\nint main() { return "no"; }\n'
  const config = { 'cookbook.config.json': '{ "paths": ["docs"] }' }
  const other = page(bad, { ...config, 'docs/listed.md': bad })
  const listed = join(other, '../docs/listed.md')
  for (const path of [page('# Prose\n'), page('fn main() {}\n', {}, 'main.rs'), other, listed])
    await editor.open(path)
  const found = await editor.diagnostics(listed, (all) => all.length > 0)
  expect(codes(found)).toContain('unreadable')
  expect(await editor.diagnostics(other, (all) => all.length === 0)).toEqual([])
})

test('a wrong configuration is said, and one that is a program is not run', async () => {
  const ran = join(realpathSync(tmpdir()), `cookbook-ran-${process.pid}`)
  const wrong = page('```cpp\nint main() {}\n```\n', { 'cookbook.config.json': '{ "path": [] }' })
  const program = page('```cpp\nint main() {}\n```\n', {
    'cookbook.config.ts': `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\nexport default {}\n`,
  })
  await editor.open(wrong)
  await editor.open(program)
  const [first] = await editor.diagnostics(wrong, (all) => all.length > 0)
  expect(first?.message).toContain('cookbook.config.json:1:3: "path" is no option')
  const [second] = await editor.diagnostics(program, (all) => all.length > 0)
  expect(second?.message).toContain('is a program, which no guide may start')
  expect(() => rmSync(ran)).toThrow('ENOENT')
})

test('a chapter that differs from its source: the fix that sync has, in either direction', async () => {
  const path = openGuide()
  await editor.open(path)
  expect(paste(await editor.diagnostics(path, (all) => !codes(all).includes('drift')))).toEqual([])
  const edited = editor.text(path).replace('    wait();', '    wait(1);')
  await editor.type(path, edited)
  const found = await editor.diagnostics(path, (all) => codes(all).includes('drift'))
  const drift = found.find(({ code }) => code === 'drift')!
  expect(drift).toMatchObject({
    severity: 1,
    codeDescription: { href: expect.stringMatching(/docs\/errors\.md#drift$/) },
    range: { start: { line: 7 } },
  })
  const actions = await editor.actions(path, 8)
  expect(actions.map(({ title }) => title)).toEqual([
    'Take the source: write it from src/lib.rs',
    'Keep the chapter: write it into src/lib.rs',
  ])
  expect(actions[0]?.diagnostics).toEqual([drift])
  expect(applied(edited, actions[0]!.edit!.changes![uriOf(path)]!)).toBe(
    edited.replace('    wait(1);', '    wait();'),
  )
  const lib = uriOf(small.path('src/lib.rs'))
  const source = applied(LIB, actions[1]!.edit!.changes![lib]!)
  expect(source).toBe(LIB.replace('    wait();', '    wait(1);'))
  await editor.open(small.path('src/lib.rs'))
  await editor.type(small.path('src/lib.rs'), source)
  expect(codes(await editor.diagnostics(path, (all) => !codes(all).includes('drift')))).not.toContain('drift')
})

test('a chapter: its evidence at each block and claim, and a way from a claim to its test', async () => {
  const path = openGuide()
  await editor.open(path)
  await editor.diagnostics(path, () => true)
  expect(await editor.hover(path, 3)).toBe(null)
  expect(await editor.hover(path, 6)).toBe('not verified here: there is no evidence')
  const dir = small.path('.')
  const root = small.path('../..')
  const tool = { name: 'rustc', program: 'rustc', version: '1.95.0', output: '' } as const
  const text = editor.text(path).split('\n')
  const claim = text.findIndex((line) => line.includes('proved')) + 1
  await writeEvidence(
    dir,
    observed({
      digest: digestOf(root, dir),
      toolchain: { kind: 'host', id: '', tools: [tool] },
      examples: [{ line: 5, lang: 'rust', source: 'src/lib.rs#fetch', verdict: 'verified' }],
      claims: [{ line: claim, text: 'It asks', test: 'tests/fetch.rs#it_asks', verdict: 'failing' }],
      findings: [
        {
          code: 'test-failed',
          severity: 'error',
          file: 'patterns/fetch/README.md',
          line: claim,
          column: 12,
          message: 'the test failed',
          detail: [],
          fix: 'fix it',
        },
      ],
    }),
  )
  await editor.diagnostics(path, (all) => codes(all).includes('test-failed'))
  expect(await editor.hover(path, 6)).toMatch(/^verified: by rustc 1\.95\.0 on the host, on \d{4}-\d\d-\d\d$/)
  expect(await editor.hover(path, claim)).toMatch(/^failing: by rustc/)
  const line = text[claim - 1]!
  const range = {
    start: { line: claim - 1, character: line.indexOf('[proved]') },
    end: { line: claim - 1, character: line.indexOf(')') + 1 },
  }
  const uri = uriOf(small.path('tests/fetch.rs'))
  expect(await editor.ask('documentLink', path)).toEqual([
    { range, target: `${uri}#L2`, tooltip: 'the test that proves it' },
  ])
  const place = { line: 1, character: 0 }
  expect(await editor.ask('definition', path, { position: range.start })).toEqual([
    { uri, range: { start: place, end: place } },
  ])
  await editor.type(path, `${editor.text(path)}\nMore.\n`)
  await editor.diagnostics(path, (all) => !codes(all).includes('test-failed'))
  expect(await editor.hover(path, 6)).toContain('it is being edited')
})

test('an editor that went away ends it', async () => {
  const other = await openEditor([], LIMIT_MS)
  expect(await other.vanish()).toBe(1)
})
