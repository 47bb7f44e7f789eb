import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { crateOf, ofRegistry, projectCrates, withDependencies } from './project-crates.ts'

let checkout: string
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'checkout-'))
})
afterEach(() => rmSync(checkout, { recursive: true }))

function write(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), text)
  }
}

const library = (name: string, more = '') => `[package]\nname = "${name}"\nversion = "1.2.3"\n${more}`

test('each library of a checkout is found, but no program and no crate that guides take from the registry', () => {
  write({
    'Cargo.toml': library('the-root'),
    'src/lib.rs': '',
    'crates/a/Cargo.toml': library('a', '[lib]\npath = "other.rs"\n'),
    'cxx/Cargo.toml': library('cxx'),
    'cxx/src/lib.rs': '',
    'tool/Cargo.toml': library('tool'),
    'tool/src/main.rs': '',
    'broken/Cargo.toml': '[package',
    'broken/src/lib.rs': '',
  })
  const crates = projectCrates(checkout)
  expect([...crates.keys()]).toEqual(['the-root', 'a'])
  expect(crateOf(crates, 'the_root')).toMatchObject({ name: 'the-root', version: '1.2.3', folder: checkout })
  expect(crateOf(crates, 'renamed', { package: 'a', version: '1' })?.folder).toBe(join(checkout, 'crates/a'))
  expect(crateOf(crates, 'tool')).toBeUndefined()
})

test('what a crate takes of its workspace is written out, and what its tests need is left out', () => {
  write({
    'Cargo.toml':
      '[workspace.package]\nversion = "3.0.0"\n[workspace.dependencies]\nserde = { version = "1", features = ["std"] }\n',
    'a/Cargo.toml':
      '[package]\nname = "a"\nversion.workspace = true\n[dependencies]\nserde = { workspace = true, features = ["derive"] }\n[dev-dependencies]\nrand = "0.9"\n[target."cfg(unix)".dev-dependencies]\nnix = "0.30"\n',
    'a/src/lib.rs': '',
  })
  const crate = projectCrates(checkout).get('a')
  expect(crate?.version).toBe('3.0.0')
  expect(crate?.dependencies).toEqual({
    dependencies: { serde: { version: '1', features: ['std', 'derive'] } },
    target: { 'cfg(unix)': {} },
  })
})

test('a manifest takes of the registry what its crates of the checkout take, and theirs', () => {
  write({
    'a/Cargo.toml': library(
      'a',
      '[dependencies]\nb = { path = "../b" }\nbytes = "1"\nelsewhere = { path = "../../x" }\n',
    ),
    'a/src/lib.rs': '',
    'b/Cargo.toml': library(
      'b',
      '[build-dependencies]\ncc = "1"\n[target."cfg(unix)".dependencies]\nlibc = "0.2"\na = { path = "../a" }\n',
    ),
    'b/src/lib.rs': '',
  })
  const manifest = { dependencies: { a: '1', tokio: { version: '1', features: ['rt'] } } }
  expect(ofRegistry(manifest, projectCrates(checkout))).toEqual({
    dependencies: { bytes: '1', tokio: { version: '1', features: ['rt'] } },
    'build-dependencies': { cc: '1' },
    target: { 'cfg(unix)': { dependencies: { libc: '0.2' } } },
  })
})

test('of a crate that two manifests name, the version is that of the first and the features are of both', () => {
  const first = { dependencies: { tokio: { version: '1.5', features: ['rt'] } } }
  const second = { dependencies: { tokio: { version: '1', features: ['rt', 'time'] }, log: '0.4' } }
  expect(withDependencies(first, second)).toEqual({
    dependencies: { tokio: { version: '1.5', features: ['rt', 'time'] }, log: '0.4' },
  })
})
