import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { understand } from './cargo-manifest.ts'
import { render, unclear } from './manifest-text.ts'
import { added } from './project.ts'

const HEAD = '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n'
const reported = (manifest: string) => {
  const read = understand(manifest)
  return read.kind === 'understood' ? 'understood' : read.message
}

const HONEST = `${HEAD}
authors = ["me"]
description = "what it is"
build = "build.rs"
[package.metadata.docs.rs]
all-features = true
[lib]
path = "src/lib.rs"
crate-type = ["staticlib", "rlib"]
[[bin]]
name = "a"
path = "src/main.rs"
[dependencies]
cxx = "1"
tokio = { version = "1", features = ["rt", "macros"], default-features = false, optional = true }
"quoted" = "=1.2.3, <2"
[dev-dependencies.async-trait]
version = "0.1"
[target.'cfg(all(unix, target_arch = "x86_64"))'.dependencies]
libc = "0.2"
[features]
default = ["tokio"]
"c++20" = []
[profile.release]
opt-level = 3
lto = "fat"
panic = "abort"
[profile.dev.package.tokio]
opt-level = 1
[lints.rust]
unsafe_code = "forbid"
unused = { level = "warn", priority = -1 }
[workspace]
`

test('what a guide’s manifest says of a package is understood, and said again', () => {
  const read = understand(HONEST)
  if (read.kind !== 'understood') throw new Error(read.message)
  const { authors, description, metadata, ...own } = (parse(HONEST) as { package: object }).package as Record<
    string,
    unknown
  >
  expect(parse(render(read.manifest))).toEqual({ ...parse(HONEST), package: own })
  expect([authors, description, metadata].every((value) => value !== undefined)).toBe(true)
})

const PATTERNS = join(import.meta.dirname, '../../../../patterns')

test.each(globSync('*/Cargo.toml', { cwd: PATTERNS }))('the manifest of our own %s is understood', (path) => {
  const text = readFileSync(join(PATTERNS, path), 'utf8')
  // A stranger's guide may name no folder of ours, and so a sandbox takes no crate of this repository's own.
  const expected = text.includes('path = "../../crates/') ? /may be taken from git, a folder/ : /^understood$/
  expect(reported(text)).toMatch(expected)
})

test('each dependency stands on a line of its own, so that cargo’s words name it', () => {
  const read = understand(`${HEAD}[dependencies.tokio]\nversion = "1"\nfeatures = ["rt"]\n`)
  if (read.kind !== 'understood') throw new Error(read.message)
  expect(render(read.manifest)).toContain('\n[dependencies]\ntokio = { version = "1", features = ["rt"] }\n')
})

test.each([
  ['[dependencies]\na = { git = "file:///tmp/a" }', 'taken from git'],
  ['[dependencies]\na = { path = "/usr/local/share/a" }', 'taken from git, a folder'],
  ['[dependencies.a]\nversion = "1"\nregistry-index = "sparse+http://127.0.0.1:1/"', 'another registry'],
  ['[dependencies]\na = { version = "1", registry = "mine" }', 'another registry'],
  ['[dependencies]\na.workspace = true', 'taken from git'],
  ['[dependencies]\na = { version = "1", artifact = "bin" }', 'dependencies.a.artifact = "bin"'],
  ['[dependencies]\n"a/../b" = "1"', 'dependencies.a/../b = "1"'],
  ['[dependencies]\na = "1\\n[patch]"', 'dependencies.a = "1\\n[patch]"'],
  ['[dependencies]\na = { version = "1", package = "../b" }', 'dependencies.a.package = "../b"'],
  ['dependencies = "all"', 'dependencies = "all"'],
  ['[build_dependencies]\na = "1"', 'build_dependencies'],
  ['[dev_dependencies]\na = "1"', 'dev_dependencies'],
  [
    '[target."cfg(unix)".build_dependencies]\na = { git = "file:///tmp/a" }',
    'target.cfg(unix).build_dependencies',
  ],
  ['[target."cfg(unix)".dependencies.a]\npath = "/tmp"', 'taken from git'],
  ['[target."cfg(unix)]\\n[patch.x]".dependencies]\na = "1"', 'target.cfg(unix)]'],
  ['[patch.crates-io]\ntokio = { path = "/tmp" }', 'patch'],
  ['[replace]\n"tokio:1.0.0" = { git = "file:///tmp" }', 'replace'],
  ['[source.crates-io]\nreplace-with = "b"', 'source'],
  ['[workspace]\nmembers = ["../.."]', 'workspace.members'],
  ['[workspace.dependencies]\na = "1"', 'workspace.dependencies'],
  ['[lib]\npath = "../../outside.rs"', 'lib.path = "../../outside.rs"'],
  ['[[bin]]\nname = "a"\npath = "/etc/passwd"', 'bin.0.path = "/etc/passwd"'],
  ['[profile.dev]\nrustflags = ["-Clinker=/tmp/x"]', 'profile.dev.rustflags'],
  ['[profile.dev.package.tokio]\nrustflags = []', 'profile.dev.package.tokio.rustflags'],
  ['cargo-features = ["profile-rustflags"]', 'cargo-features'],
  ['[project]\nname = "a"', 'project'],
  ['[constructor]\na = 1', 'constructor'],
  ['[dependencies\na = "1"', 'is no TOML'],
])('%j is not taken', (more, message) => {
  expect(reported(more.startsWith('[') ? `${HEAD}${more}\n` : `${more}\n${HEAD}`)).toContain(message)
})

test.each([
  ['workspace = "../../.."', 'package.workspace'],
  ['build = "../../../build.rs"', 'package.build'],
  ['edition.workspace = true', 'package.edition'],
  ['name = "../a"', 'package.name'],
])('a package with %j is not taken', (line, message) => {
  expect(reported(`[package]\nversion = "0.1.0"\n${line}\n`)).toContain(message)
})

test('of a guide that is trusted all is taken', () => {
  const manifest = `${HEAD}[dependencies]\na = { path = "/tmp" }\n[patch.crates-io]\nb = { git = "file:///b" }\n`
  const read = understand(manifest, false)
  if (read.kind !== 'understood') throw new Error(read.message)
  expect(parse(render(read.manifest))).toEqual({ ...parse(manifest), workspace: {} })
})

test.each([
  ['[package]\nname = "a"\n[dependencies]\ngood = "1"\nbad = { git = "x" }', 5],
  ['[package]\nname = "a"\n[dependencies.bad]\nversion = "1"\n  git = "x"', 5],
  ["[package]\nname = 'a'\n[target.'cfg(unix)'.build_dependencies]\nbad = '1'", 3],
  ['[package]\nname = "a"\n[[bin]]\nname = "b"\npath = "/b"', 5],
  ['[package]\nname = "a"\n[dependencies\nbad = "1"', 3],
])('what is not understood is reported at its line: %j', (manifest, line) => {
  const read = understand(manifest)
  if (read.kind !== 'unclear') throw new Error('it was understood')
  expect(unclear(read, manifest.split('\n').map(added))).toMatchObject([
    { tool: 'cargo', path: 'Cargo.toml', line },
  ])
})
