import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { compareVersions, floorOf } from '@cookbook/toolchain'
import { expect, test } from 'vitest'
import { json, text, trackedFiles } from './tree.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The template's as well: a new pattern begins with the versions of all others. */
const manifests = trackedFiles(
  /^(?:patterns\/[^/]+\/(?:small\/)?Cargo\.toml|turbo\/generators\/templates\/pattern\/Cargo\.toml\.template)$/,
)
const measuring = ['bench/Cargo.toml', 'bench/http/Cargo.toml']
/** Of the library that the patterns teach. */
const crates = trackedFiles(/^crates\/[^/]+\/Cargo\.toml$/)

/** `name = "1.0"` and `name = { version = "1.0", ... }` of a manifest's dependency tables. */
function crateVersions(path: string): [string, string][] {
  const tables = text(path)
    .split(/^\[/m)
    .filter((table) => /^(?:build-|dev-)?dependencies\]/.test(table))
  return tables.flatMap((table) =>
    [...table.matchAll(/^([\w-]+)\s*=\s*(?:"([^"]+)"|\{.*?version\s*=\s*"([^"]+)")/gm)].map(
      ([, name, plain, inTable]) => [name!, plain ?? inTable!] as [string, string],
    ),
  )
}

test('one crate has one version in all patterns, and where they are measured', () => {
  const uses = [...manifests, ...measuring, ...crates].flatMap((path) =>
    crateVersions(path).map(([name, version]) => ({ path, name, version })),
  )
  const apart = Object.entries(Object.groupBy(uses, ({ name }) => name)).filter(
    ([, group]) => new Set(group!.map(({ version }) => version)).size > 1,
  )
  expect(apart).toEqual([])
})

test('the patterns are measured with the crates that they are verified with', () => {
  const locked = (path: string) =>
    new Map(
      text(path)
        .split('[[package]]')
        .flatMap((entry) => {
          const [, name, version] = /name = "([^"]+)"\nversion = "([^"]+)"/.exec(entry) ?? []
          return name !== undefined && entry.includes('checksum = ') ? [[name, version!] as const] : []
        }),
    )
  const verified = locked('Cargo.lock')
  for (const name of ['cxx', 'cxx-build', 'futures', 'tokio']) {
    expect(locked('bench/Cargo.lock').get(name), name).toBe(verified.get(name))
    expect(locked('bench/http/Cargo.lock').get(name), name).toBe(verified.get(name))
  }
  expect(locked('bench/http/Cargo.lock').get('curl-sys')).toBe(verified.get('curl-sys'))
})

test('cxx and cxx-build are the same release', () => {
  for (const path of manifests) {
    const versions = new Map(crateVersions(path))
    // The library's build crate brings its own, of the same release.
    const brought =
      versions.get('cxx-build') ?? (text(path).includes('cxx-await-build') && versions.get('cxx'))
    expect(brought, path).toBe(versions.get('cxx'))
  }
})

test.each([...manifests, ...measuring, ...crates])('%s asks for the floor of rustc', (path) => {
  expect(`${/^rust-version = "([^"]+)"/m.exec(text(path))?.[1]}.0`).toBe(floorOf('rustc'))
})

test('the floor of rustc is the newest that a locked crate asks for', () => {
  const args = ['metadata', '--locked', '--format-version', '1']
  const metadata = execFileSync('cargo', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const { packages }: { packages: { source: string | null; rust_version: string | null }[] } =
    JSON.parse(metadata)
  const options = packages.flatMap(({ source, rust_version }) =>
    source && rust_version ? [rust_version] : [],
  )
  expect(options.length).toBeGreaterThan(50)
  const newest = options.sort(compareVersions).at(-1)!
  expect(newest.replace(/^\d+\.\d+$/, '$&.0')).toBe(floorOf('rustc'))
})

test('README.md states the floors of floors.json', () => {
  const readme = text('README.md')
  expect(readme).toContain(`Rust ${floorOf('rustc')!.replace(/\.0$/, '')}`)
  expect(readme).toContain(`g++ ${Number.parseInt(floorOf('g++')!, 10)}`)
  expect(readme).toContain(`clang ${Number.parseInt(floorOf('clang++')!, 10)}`)
  expect(readme).toContain(`Docker ${floorOf('docker')!.replace(/\.0$/, '')}`)
})

test('one npm package has one version in all manifests', () => {
  const uses = trackedFiles(/(^|\/)package\.json$/)
    .filter((path) => !path.includes('/fixtures/'))
    .flatMap((path) => {
      const { dependencies, devDependencies } = json(path)
      return Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => ({
        path,
        name,
        version,
      }))
    })
  const apart = Object.entries(Object.groupBy(uses, ({ name }) => name)).filter(
    ([, group]) => new Set(group!.map(({ version }) => version)).size > 1,
  )
  expect(apart).toEqual([])
})

test('the pinned Node may run its install script, and meets the floor of the tools', () => {
  const { devDependencies, allowScripts } = json('package.json')
  expect(allowScripts).toEqual({ node: true })
  expect(Number.parseInt(devDependencies.node.slice(1), 10)).toBeGreaterThanOrEqual(
    Number.parseInt(floorOf('node')!, 10),
  )
})

test('turbo asks for the generator of its own version, which must be there', () => {
  const { turbo, '@turbo/gen': generator } = json('package.json').devDependencies
  expect(turbo).toMatch(/^\d+\.\d+\.\d+$/)
  expect(generator).toBe(turbo)
})
