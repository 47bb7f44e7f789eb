import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Toolchain } from '../probe/toolchain.ts'
import type { Command } from '../process/command.ts'
import { hostEnvironment } from '../process/environment.ts'
import { runOnHost } from '../process/host.ts'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { PLAIN, SANITIZED } from './build-profile.ts'
import { targetFolder } from './folders.ts'
import { seedTarget } from './seed.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let root: string
const commands: string[] = []
const toolchain: Toolchain = {
  kind: 'host',
  id: '0123456789abcdef',
  seeds: '0123456789abcdef',
  tools: [],
  missing: [],
  async run(command: Command) {
    commands.push([command.program, ...command.args].join(' '))
    return runOnHost(command, hostEnvironment())
  },
}
const cargo = async (...args: string[]) => {
  const command = { program: 'cargo', args, cwd: root, timeoutMs: 60_000, env: PLAIN.env }
  const outcome = await runOnHost(command, hostEnvironment())
  expect(outcome, outcome.stderr).toMatchObject({ kind: 'exited', code: 0 })
  return outcome.stdout
}
const manifest = (slug: string) =>
  `[package]\nname = "${slug}"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\nwool = "1.0.0"\n`

const answer = await runOnHost(
  { program: 'cargo', args: ['-V'], cwd: tmpdir(), timeoutMs: 20_000 },
  hostEnvironment(),
)
beforeEach(({ skip }) => {
  if (answer.kind === 'missing') skip('cargo is not installed')
})

/** Patterns and third-party crates, which lie in a folder that stands in for the registry. */
beforeAll(async () => {
  if (answer.kind === 'missing') return
  root = await mkdtemp(join(tmpdir(), 'seed-'))
  const vendored = '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n'
  await writeFileAtomic(join(root, '.cargo/config.toml'), vendored)
  for (const crate of ['wool', 'yarn']) {
    const folder = join(root, 'vendor', crate)
    const text = `[package]\nname = "${crate}"\nversion = "1.0.0"\nedition = "2024"\n`
    await writeFileAtomic(join(folder, 'Cargo.toml'), text)
    await writeFileAtomic(join(folder, 'src/lib.rs'), 'pub const BAGS: u32 = 3;\n')
    await writeFileAtomic(join(folder, '.cargo-checksum.json'), '{ "files": {} }\n')
  }
  // As a crate that holds C++ does.
  const script = 'fn main() {\n    println!("cargo:rerun-if-env-changed=CXXFLAGS");\n}\n'
  await writeFileAtomic(join(root, 'vendor/yarn/build.rs'), script)
  const members = 'members = ["patterns/*", "crates/*"]'
  await writeFileAtomic(join(root, 'Cargo.toml'), `[workspace]\n${members}\nresolver = "3"\n`)
  await writeFileAtomic(join(root, 'crates/shears/Cargo.toml'), manifest('shears'))
  await writeFileAtomic(join(root, 'crates/shears/src/lib.rs'), 'pub const CUTS: u32 = 2 * wool::BAGS;\n')
  await writeFileAtomic(
    join(root, 'patterns/tup/Cargo.toml'),
    `${manifest('tup')}shears = { path = "../../crates/shears" }\n`,
  )
  await writeFileAtomic(
    join(root, 'patterns/tup/src/main.rs'),
    'fn main() {\n    println!("{}", shears::CUTS);\n}\n',
  )
  for (const slug of ['ewe', 'ram', 'lamb']) {
    const text = `${manifest(slug)}${slug === 'lamb' ? 'yarn = "1.0.0"\n' : ''}`
    await writeFileAtomic(join(root, 'patterns', slug, 'Cargo.toml'), text)
    await writeFileAtomic(
      join(root, 'patterns', slug, 'src/main.rs'),
      'fn main() {\n    println!("{}", wool::BAGS);\n}\n',
    )
  }
  await cargo('generate-lockfile', '--offline')
})

afterAll(() => root && rm(root, { recursive: true, force: true }))

const target = (slug: string) => targetFolder(root, toolchain, slug)
const library = async (slug: string) => {
  const deps = join(target(slug), 'debug/deps')
  const name = (await readdir(deps)).find((name) => /^libwool-.*\.rlib$/.test(name))!
  return (await stat(join(deps, name))).ino
}
const built = async (slug: string) =>
  (await cargo('build', '--locked', '-p', slug, '--target-dir', target(slug), '--message-format', 'json'))
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    .flatMap(({ reason, target, fresh }) =>
      reason === 'compiler-artifact' ? [`${target.name} ${fresh}`] : [],
    )

test('third-party crates are compiled once, and cargo finds them fresh in each target folder', async () => {
  expect(await seedTarget(root, toolchain, 'ewe', PLAIN)).toBeNull()
  expect(await seedTarget(root, toolchain, 'ram', PLAIN)).toBeNull()
  expect(await library('ewe')).toBe(await library('ram'))
  expect(await built('ewe')).toEqual(['wool true', 'ewe false'])
  expect(await built('ram')).toEqual(['wool true', 'ram false'])
})

test('cargo cleans a target folder, as it does only where it knows the mark of a cache', async () => {
  const mark = await readFile(join(target('ewe'), 'CACHEDIR.TAG'), 'utf8')
  // https://bford.info/cachedir/
  expect(mark.slice(0, 43)).toBe('Signature: 8a477f597d28d172789f06886806bc55')
  await cargo('clean', '--locked', '-p', 'ram', '--target-dir', target('ram'))
  expect(await built('ram')).toEqual(['wool true', 'ram false'])
})

test('a program is the pattern, never the stub that its crates were compiled for', async () => {
  const outcome = await runOnHost(
    { program: join(target('ewe'), 'debug/ewe'), args: [], cwd: root, timeoutMs: 5_000 },
    hostEnvironment(),
  )
  expect(outcome.stdout).toBe('3\n')
})

test('a crate of the library is the library, never its stub', async () => {
  expect(await seedTarget(root, toolchain, 'tup', PLAIN)).toBeNull()
  expect(await built('tup')).toEqual(['wool true', 'shears false', 'tup false'])
  const program = { program: join(target('tup'), 'debug/tup'), args: [], cwd: root, timeoutMs: 5_000 }
  expect((await runOnHost(program, hostEnvironment())).stdout).toBe('6\n')
})

test('the lock of the seed is not shared, or builds would wait for each other', async () => {
  const locks = [target('ewe'), target('ram'), join(target('ewe'), '../seed')].map((folder) =>
    stat(join(folder, 'debug/.cargo-lock')).then(({ ino }) => ino),
  )
  expect(new Set(await Promise.all(locks)).size).toBe(3)
})

test('what is seeded already starts nothing', async () => {
  commands.length = 0
  expect(await seedTarget(root, toolchain, 'ewe', PLAIN)).toBeNull()
  expect(commands).toEqual([])
})

test('another lock or another build profile seeds again', async () => {
  commands.length = 0
  const lock = await readFile(join(root, 'Cargo.lock'), 'utf8')
  await writeFile(join(root, 'Cargo.lock'), `${lock}\n`)
  expect(await seedTarget(root, toolchain, 'ewe', PLAIN)).toBeNull()
  const afterLock = commands.length
  expect(afterLock).toBeGreaterThan(0)
  const env = { ...PLAIN.env, RUSTFLAGS: '--cfg sheared' }
  expect(await seedTarget(root, toolchain, 'ewe', { ...PLAIN, env })).toBeNull()
  expect(commands.length).toBeGreaterThan(afterLock)
})

test('under sanitizers only crates that heed the flags of C++ are built again, and beside those of the plain build', async () => {
  expect(await seedTarget(root, toolchain, 'lamb', PLAIN)).toBeNull()
  expect(await seedTarget(root, toolchain, 'lamb', SANITIZED)).toBeNull()
  const built = async (seed: string, crate: string) => {
    const deps = join(target('lamb'), '..', seed, 'debug/deps')
    const name = (await readdir(deps)).find(
      (name) => name.startsWith(`lib${crate}-`) && name.endsWith('.rlib'),
    )!
    return (await stat(join(deps, name))).mtimeMs
  }
  const { seed } = SANITIZED
  expect(await built(seed, 'wool')).toBe(await built(PLAIN.seed, 'wool'))
  expect(await built(seed, 'yarn')).toBeGreaterThan(await built(PLAIN.seed, 'yarn'))
  const fresh = await cargo(
    'build',
    '--locked',
    '-p',
    'lamb',
    '--target-dir',
    target('lamb'),
    '--message-format',
    'json',
  )
  expect(fresh.match(/"reason":"compiler-artifact".*"fresh":true/g)).toHaveLength(3)
})

test('what cargo refuses is answered, and not taken for seeded afterwards', async () => {
  const path = join(root, 'patterns/ram/Cargo.toml')
  await writeFile(path, `${manifest('ram')}cotton = "1"\n`)
  for (const _ of ['first', 'again']) {
    commands.length = 0
    expect(await seedTarget(root, toolchain, 'ram', PLAIN)).toMatchObject({ kind: 'exited', code: 101 })
    expect(commands).toEqual(['cargo fetch --locked'])
  }
  await writeFile(path, manifest('ram'))
  expect(await seedTarget(root, toolchain, 'ram', PLAIN)).toBeNull()
  expect(await built('ram')).toEqual(['wool true', 'ram true'])
})
