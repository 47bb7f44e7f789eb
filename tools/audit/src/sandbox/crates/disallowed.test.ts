import { expect, test } from 'vitest'
import { plain } from '../../project/manifest-shape.ts'
import { disallowedCrates } from './disallowed.ts'

const ALLOWED = new Set(['tokio', 'async-trait'].map(plain))

const found = (manifest: string) =>
  disallowedCrates(manifest, ALLOWED)?.map(({ name, from }) => `${name} of ${from}`)

test('what is allowed passes, however it is asked for', () => {
  const manifest = `
    [dependencies]
    tokio = { version = "1", features = ["rt"], default-features = false, optional = true }
    async_trait = "0.1"
    [dev-dependencies.tokio]
    version = "1"
    [target.'cfg(unix)'.build-dependencies]
    renamed = { version = "1", package = "tokio" }
  `
  expect(found(manifest)).toEqual([])
})

test.each([
  ['[dependencies]\nevil = "1"', 'evil of the registry'],
  ['[dependencies]\n"evil" = "1"', 'evil of the registry'],
  ['dependencies.evil.version = "1"', 'evil of the registry'],
  ['dependencies = { evil = "1" }', 'evil of the registry'],
  ['[build-dependencies.evil]\nversion = "1"', 'evil of the registry'],
  ['[target."cfg(unix)".dependencies]\nevil = "1"', 'evil of the registry'],
  ['[dependencies]\ntokio = { version = "1", package = "evil" }', 'evil of the registry'],
  ['[dependencies]\ntokio = { git = "https://example.invalid/tokio" }', 'tokio of elsewhere'],
  ['[dependencies]\ntokio = { path = "/etc" }', 'tokio of elsewhere'],
  ['[dependencies]\ntokio = { version = "1", registry = "mine" }', 'tokio of elsewhere'],
  [
    '[dependencies]\ntokio = { version = "1", registry-index = "https://example.invalid" }',
    'tokio of elsewhere',
  ],
  ['[dependencies]\ntokio = { workspace = true }', 'tokio of elsewhere'],
])('%j names a stranger', (manifest, stranger) => {
  expect(found(manifest)).toEqual([stranger])
})

test('a manifest that cannot be read says nothing of what it names', () => {
  expect(disallowedCrates('[dependencies\nevil = "1"', ALLOWED)).toBeNull()
})
