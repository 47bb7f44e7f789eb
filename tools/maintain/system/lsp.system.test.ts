import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { applied, type Editor, openEditor, uriOf } from '../../cli/test/lsp-client.ts'
import { CHAPTER, LIB } from '../../cli/test/small-chapter.ts'
import { processesIn } from '../checkout/processes.ts'
import { packPackage } from '../package/package.ts'
import { runAsStranger } from '../package/stranger.ts'

const ROOT = join(import.meta.dirname, '../../..')
const LIMIT_MS = 120_000
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook lsp ')))
afterAll(() => rmSync(folder, { recursive: true }))

const PUTS = 'int main() { std::puts("hello"); }'
const NEEDY = `# Page\n\nSome prose.\n\n\`\`\`cpp\n${PUTS}\n\`\`\`\n`
const codes = (found: { code?: unknown }[]) => found.map(({ code }) => code)

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

/** An editor whose audits build where other tests build, so that crates are there already; or in a folder of their own. */
async function open(work?: string): Promise<Editor> {
  const own = work === undefined ? [] : [`--work-folder=${work}`]
  const editor = await openEditor(['--sandbox=bubblewrap', ...own], LIMIT_MS)
  onTestFinished(async () => {
    await editor.vanish()
  })
  return editor
}

/** What is wrong with a page that was audited: a block that was has a verdict in its hover. */
async function audited(editor: Editor, path: string, line: number): Promise<{ code?: unknown }[]> {
  await expect
    .poll(() => editor.hover(path, line), { timeout: LIMIT_MS })
    .toMatch(/^(?:runs|builds|fails|not code)/)
  return editor.diagnostics(path, () => true)
}

async function save(editor: Editor, path: string, text: string): Promise<void> {
  await editor.type(path, text)
  writeFileSync(path, text)
  await editor.save(path)
}

test('an error of a compiler: at its own line and column, with the block that it is of', async () => {
  const path = write('red.md', '# Bad\n\n> ```cpp\n> int main() { return "no"; }\n> ```\n')
  const editor = await open()
  await editor.open(path)
  const [error, ...more] = await editor.diagnostics(path, (all) => codes(all).includes('block-fails'))
  expect(more).toEqual([])
  expect(error).toMatchObject({
    severity: 1,
    source: 'cookbook',
    range: { start: { line: 3, character: 22 } },
    codeDescription: { href: expect.stringMatching(/docs\/audit\.md#verdicts$/) },
    message: expect.stringContaining('C++: invalid conversion'),
    relatedInformation: [{ message: 'of this block', location: { range: { start: { line: 2 } } } }],
  })
  expect(await editor.hover(path, 4)).toContain('fails: C++: invalid conversion')
  expect(await editor.hover(path, 1)).toBe(null)
})

test.each([
  [
    'an include, below the others',
    NEEDY.replace(
      PUTS,
      '#include <vector>\nint main() { std::vector<int> v{2, 1}; std::sort(v.begin(), v.end()); }',
    ),
    1,
  ],
  [
    'an import, in a quote',
    '# P\n\n> ```rust src/main.rs\n> fn main() {\n>     let m: HashMap<u8, u8> = HashMap::new();\n>     println!("{}", m.len());\n> }\n> ```\n',
    1,
  ],
])(
  'what a reader must add is added by its action, and the next audit misses nothing: %s',
  async (name, text, count) => {
    const path = write(`${name}.md`, text)
    const editor = await open()
    await editor.open(path)
    const before = await editor.diagnostics(path, (all) => codes(all).includes('needs-help'))
    expect(codes(before)).toEqual(Array(count).fill('needs-help'))
    for (let left = count; left > 0; left--) {
      const line =
        editor
          .text(path)
          .split('\n')
          .findIndex((one) => /cpp|rust/.test(one)) + 1
      const [fix] = (await editor.actions(path, line)).filter(({ isPreferred }) => isPreferred)
      expect(fix!.diagnostics).toHaveLength(1)
      await save(editor, path, applied(editor.text(path), fix!.edit!.changes![uriOf(path)]!))
      await editor.diagnostics(path, (all) => all.length === 0)
      await editor.diagnostics(path, (all) => all.length === left - 1)
      await audited(editor, path, line + 8 < editor.text(path).split('\n').length ? line + 7 : line + 1)
    }
    expect(codes(await editor.diagnostics(path, () => true))).toEqual([])
  },
)

test('a block is left out for a reason: until there is one, the comment is an error', async () => {
  const path = write('out.md', '# Bad\n\n```cpp\nint main() { return "no"; }\n```\n')
  const editor = await open()
  await editor.open(path)
  await editor.diagnostics(path, (all) => codes(all).includes('block-fails'))
  const actions = await editor.actions(path, 4)
  expect(actions).toHaveLength(1)
  const text = applied(editor.text(path), actions[0]!.edit!.changes![uriOf(path)]!)
  await editor.type(path, text)
  const [error] = await editor.diagnostics(path, (all) => codes(all).includes('unreadable'))
  expect(error?.message).toContain('this comment gives no reason')
  await save(editor, path, text.replace('skip:', 'skip: it shows a mistake'))
  await editor.diagnostics(path, (all) => all.length === 0)
  await expect
    .poll(() => editor.hover(path, 5), { timeout: LIMIT_MS })
    .toContain('left out by the page: it shows a mistake')
})

test('a block that moved keeps what was said of it, and of one that was changed nothing is said', async () => {
  const path = write('moved.md', NEEDY)
  const editor = await open()
  await editor.open(path)
  const [before] = await editor.diagnostics(path, (all) => codes(all).includes('needs-help'))
  expect(before?.range.start.line).toBe(4)
  await editor.type(path, NEEDY.replace('Some prose.', 'Some\nmore\nprose.'))
  await editor.diagnostics(path, (all) => all[0]?.range.start.line === 6)
  await editor.type(path, NEEDY.replace('hello', 'hullo'))
  await editor.diagnostics(path, (all) => all.length === 0)
  expect(await editor.hover(path, 6)).toContain('save the page')
})

test('the baseline and --fail-on of the configuration hold in an editor too', async () => {
  const path = write('adopted/page.md', NEEDY)
  write('adopted/cookbook.config.json', '{ "baseline": "audit.json" }')
  const cookbook = join(ROOT, 'tools/cli/src/main.ts')
  const args = [cookbook, 'audit', '--update-baseline', 'page.md']
  const adopted = runAsStranger(dirname(path), process.execPath, args, join(folder, 'cache'), LIMIT_MS)
  expect(adopted.status, adopted.said).toBe(0)
  const editor = await open()
  await editor.open(path)
  const [known] = await editor.diagnostics(path, (all) => codes(all).includes('needs-help'))
  expect(known).toMatchObject({ severity: 4, message: expect.stringContaining('[in the baseline]') })
})

const SLEEPS =
  '#include <chrono>\n#include <thread>\nint main() { std::this_thread::sleep_for(std::chrono::hours(1)); }'

/** Until a page's code is tried: a sandbox is given the folder of its room. */
const started = (work: string) =>
  expect.poll(() => processesIn(join(work, 'groups'), 0), { timeout: LIMIT_MS }).not.toEqual([])

/** What an audit that was ended left in its folder. */
const roomsIn = (work: string) => readdirSync(join(work, 'groups')).filter((name) => name.startsWith('room-'))

test('a save ends the audit that runs, and what it tried is not remembered', async () => {
  const sleeps = `# Page\n\n\`\`\`cpp\n${SLEEPS}\n\`\`\`\n`
  const path = write('sleeps.md', sleeps)
  const work = join(folder, 'sleeps')
  const editor = await open(work)
  await editor.open(path)
  await started(work)
  const begun = performance.now()
  await save(editor, path, NEEDY)
  expect(codes(await editor.diagnostics(path, (all) => all.length > 0))).toEqual(['needs-help'])
  expect(performance.now() - begun).toBeLessThan(LIMIT_MS / 2)
  expect(await editor.exit(), editor.said()).toBe(0)
  expect(await processesIn(work, 5000)).toEqual([])
  expect(roomsIn(work)).toEqual([])
})

test.each(['exit', 'vanish', 'close'] as const)(
  '%s during an audit: no process and no room is left',
  async (how) => {
    const path = write(`${how}.md`, `# Page\n\n\`\`\`cpp\n${SLEEPS}\n// ${how}\n\`\`\`\n`)
    const work = join(folder, how)
    const editor = await open(work)
    await editor.open(path)
    await started(work)
    if (how === 'close') {
      await editor.close(path)
      await expect.poll(() => processesIn(join(work, 'groups'), 0), { timeout: LIMIT_MS }).toEqual([])
      await editor.exit()
    } else await editor[how]()
    expect(await processesIn(work, 5000)).toEqual([])
    expect(roomsIn(work)).toEqual([])
  },
)

/** What a user does in neovim: opens `page`, sees what is wrong, takes the first fix, saves, and sees it gone. */
const session = (page: string) => `
local function wait(what, holds)
  if not vim.wait(${LIMIT_MS}, holds, 100) then
    print('waited in vain for ' .. what .. ': ' .. vim.inspect(vim.diagnostic.get(0)))
    vim.cmd('cquit')
  end
end
vim.cmd('filetype on')
vim.cmd('edit ${page}')
wait('a finding', function() return #vim.diagnostic.get(0) > 0 end)
local found = vim.diagnostic.get(0)[1]
print('found ' .. found.lnum .. ' ' .. found.code .. ': ' .. found.message .. '\\n')
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, 0 })
vim.ui.select = function(items, options, take)
  for _, item in ipairs(items) do print('offers ' .. options.format_item(item) .. '\\n') end
  take(items[1], 1)
end
vim.lsp.buf.code_action()
wait('the edit', function() return vim.bo.modified end)
vim.cmd('write')
wait('the next look', function() return #vim.diagnostic.get(0) == 0 end)
local function hover()
  local params = vim.lsp.util.make_position_params(0, 'utf-16')
  for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/hover', params, 5000) or {}) do
    if answer.result then return answer.result.contents.value end
  end
  return ''
end
for _ = 1, 100 do
  if not hover():find('save') and not hover():find('being tried') then break end
  vim.wait(500)
end
print('left ' .. #vim.diagnostic.get(0) .. ', hover ' .. hover() .. '\\n')
vim.cmd('qall!')
`

const SETUP = /```lua\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'tools/cli/README.md'), 'utf8'))![1]!
const COMMAND = "'npx', 'cookbook', 'lsp'"

/** Runs such a session in a folder, set up as the page of the package says. */
function neovim(folder: string, setup: string, page: string) {
  writeFileSync(join(folder, 'session.lua'), `${setup}\n${session(page)}`)
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', 'luafile session.lua']
  return runAsStranger(folder, 'nvim', args, join(folder, 'cache'), 2 * LIMIT_MS)
}

test('a chapter in neovim: it differs from its source, the source is taken, and all is equal', () => {
  const chapter = write('guide/patterns/fetch/README.md', CHAPTER.replace('wait();', 'wait(1);'))
  write('guide/patterns/fetch/src/lib.rs', LIB)
  write('guide/patterns/fetch/package.json', '{}')
  write('guide/turbo.json', '{}')
  const server = [process.execPath, join(ROOT, 'tools/cli/src/main.ts'), 'lsp']
  expect(SETUP).toContain(COMMAND)
  const setup = SETUP.replace(COMMAND, server.map((word) => `'${word}'`).join(', '))
  const { status, said } = neovim(join(folder, 'guide'), setup, 'patterns/fetch/README.md')
  expect(status, said).toBe(0)
  expect(said).toContain('found 7 drift: ')
  expect(said).toContain('offers Take the source: write it from src/lib.rs')
  expect(said).toContain('left 0, hover not verified here: there is no evidence')
  expect(readFileSync(chapter, 'utf8')).toBe(CHAPTER)
})

test('the package in neovim, set up as its page says: a finding, its fix, and it is gone', async () => {
  const tarball = await packPackage(ROOT, join(folder, 'packed'))
  const page = write('project/page.md', NEEDY)
  const project = dirname(page)
  write('project/package.json', '{ "private": true }\n')
  const args = ['install', '--no-audit', '--no-fund', tarball]
  const installed = runAsStranger(project, 'npm', args, join(folder, 'cache'), LIMIT_MS)
  expect(installed.status, installed.said).toBe(0)
  const { status, said } = neovim(project, SETUP, 'page.md')
  expect(status, said).toBe(0)
  expect(said).toContain('found 4 needs-help: a reader must add `#include <cstdio>` to ')
  expect(said).toMatch(/offers Add `#include <cstdio>` to/)
  expect(said).toContain('left 0, hover runs: ')
  expect(readFileSync(page, 'utf8')).toBe(NEEDY.replace(PUTS, `#include <cstdio>\n${PUTS}`))
})
