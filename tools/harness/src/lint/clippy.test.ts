import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { which } from '@cookbook/toolchain/which'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { clippy } from './clippy.ts'

// Compilers are asked what they are, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })
let root: string

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-clippy-')))
  onTestFinished(() => rmSync(root, { recursive: true }))
  write('patterns/fetch/package.json', '{}')
  write('patterns/fetch/Cargo.toml', '[package]\nname = "fetch"\n')
  write('patterns/fetch/src/lib.rs', 'pub fn fetch() -> u8 {\n    return 1;\n}\n')
  write(
    'patterns/fetch/README.md',
    '# Fetch\n\n```rust src/lib.rs\npub fn fetch() -> u8 {\n    return 1;\n}\n```\n',
  )
})

/** A cargo whose clippy does this; all else is the machine's. */
function cargo(script: string): void {
  const real = which('cargo', process.env.PATH ?? '', '/')
  write('bin/cargo', `#!/bin/sh\ncase "$1" in clippy) ${script};; *) exec ${real} "$@";; esac\n`)
  chmodSync(join(root, 'bin/cargo'), 0o755)
  vi.stubEnv('PATH', [join(root, 'bin'), process.env.PATH].join(delimiter))
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
}

const never = new AbortController().signal

const message = (file: string) => ({
  reason: 'compiler-message',
  package_id: `path+file://${root}/patterns/fetch#0.0.0`,
  manifest_path: `${root}/patterns/fetch/Cargo.toml`,
  target: { name: 'fetch', kind: ['lib'], src_path: `${root}/patterns/fetch/src/lib.rs` },
  message: {
    level: 'error',
    code: { code: 'clippy::needless_return', explanation: null },
    message: 'unneeded `return` statement',
    rendered: 'error: unneeded `return` statement\n',
    children: [],
    spans: [
      {
        ...{ file_name: file, line_start: 2, line_end: 2, column_start: 5, column_end: 13 },
        ...{ is_primary: true, text: [], label: null, expansion: null, suggested_replacement: null },
        ...{ byte_start: 0, byte_end: 1, suggestion_applicability: null },
      },
    ],
  },
})

test('what clippy says of the pattern is at its chapter, and of another crate it is nothing', async () => {
  const lines = [message('patterns/fetch/src/lib.rs'), message('crates/cxx-await/src/lib.rs')]
  write('said.json', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
  cargo(`echo "$@" >${root}/arguments; cat ${root}/said.json; exit 101`)
  const { findings, without } = await clippy(root, 'fetch', never)
  expect(without).toBeNull()
  expect(findings).toMatchObject([
    {
      ...{ code: 'build-failed', file: 'patterns/fetch/README.md', line: 5, column: 5 },
      message: 'rustc: error[clippy::needless_return]: unneeded `return` statement',
    },
  ])
  expect(readFileSync(join(root, 'arguments'), 'utf8')).toMatch(/--all-targets --locked .* -- -D warnings\n$/)
})

test('a pattern of which it says nothing is good', async () => {
  cargo('exit 0')
  expect(await clippy(root, 'fetch', never)).toEqual({ findings: [], without: null })
})

test('a pattern that it could not read is not', async () => {
  cargo('echo "error: the lock file needs to be updated" >&2; exit 101')
  const { findings } = await clippy(root, 'fetch', never)
  expect(findings).toMatchObject([
    { code: 'build-failed', detail: ['error: the lock file needs to be updated'] },
  ])
})

test('without clippy it says how to get it', async () => {
  cargo('echo "error: no such command: \\`clippy\\`" >&2; exit 101')
  expect(await clippy(root, 'fetch', never)).toEqual({
    findings: [],
    without: 'clippy is not installed: rustup component add clippy',
  })
})

test('it ends with its signal', async () => {
  cargo('exec sleep 60')
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 3000)
  const started = performance.now()
  await clippy(root, 'fetch', abort.signal)
  expect(performance.now() - started).toBeLessThan(30_000)
})
