import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkPackage, readPackage } from '@cookbook/guide'
import { withNewerSide } from '@cookbook/harness/history'
import { beforeEach, expect, onTestFinished, vi } from 'vitest'
import { sync } from '../src/sync/sync.ts'

export const LIB =
  '// ANCHOR: fetch\npub fn fetch() {\n    // ANCHOR: inner\n    ask();\n    // ANCHOR_END: inner\n    wait();\n}\n// ANCHOR_END: fetch\n'
export const CHAPTER =
  '# Fetch\n\nProse.\n\n```rust src/lib.rs#fetch\npub fn fetch() {\n    ask();\n    wait();\n}\n```\n\nMore prose.\n'

/** For each test of a file a pattern `fetch`, whose chapter is CHAPTER and shows LIB; and what is done to it. */
export function smallChapter() {
  let root: string
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-sync-')))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
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
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@localhost', '-c', 'commit.gpgsign=false']
    git(...author, 'commit', '-qm', 'Change')
  }
  const pkg = () => readPackage(root, path('.'))
  /** What drift says is to be done, if there is any. */
  async function fix(): Promise<string | undefined> {
    const read = await pkg()
    const findings = await withNewerSide(read, checkPackage(read))
    return findings.find(({ code }) => code === 'drift')?.fix
  }
  /** `npm run sync`: its exit code, and what it prints. */
  async function synced(...args: string[]): Promise<{ code: number; said: string }> {
    let said = ''
    const spies = (['log', 'error'] as const).map((stream) =>
      vi.spyOn(console, stream).mockImplementation((line: string) => {
        said += `${line}\n`
      }),
    )
    try {
      const code = await sync(root, args)
      return { code, said }
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }
  /** The texts that were overwritten and kept. */
  const results = () =>
    globSync('target/replaced/fetch/*', { cwd: root }).map((name) => readFileSync(join(root, name), 'utf8'))

  return { path, read, write, edit, commit, pkg, fix, synced, results }
}
