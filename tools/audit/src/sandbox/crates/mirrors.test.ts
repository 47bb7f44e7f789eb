import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { confined, hostViewFor } from '../backend/bubblewrap.ts'
import { contained } from '../backend/docker.ts'
import { LIMITS } from '../confine/limits.ts'
import { mirrorsIn } from './mirrors.ts'

const CONFIGURATION = `
[source.crates-io]
replace-with = "near"
[source.near]
registry = "sparse+https://crates.example/index/"
[registries.near]
index = "sparse+https://crates.example/index/"
token = "secret"
[build]
rustc-wrapper = "anything"
[registry]
token = "secret"
`

test('where crates come from is kept, and nothing else', () => {
  const index = 'sparse+https://crates.example/index/'
  expect(parse(mirrorsIn(CONFIGURATION))).toEqual({
    source: { 'crates-io': { 'replace-with': 'near' }, near: { registry: index } },
    registries: { near: { index } },
  })
})

test('an address with a password in it is left out, and so is a folder', () => {
  const text =
    '[source.a]\nregistry = "https://me:secret@crates.example"\n[source.b]\ndirectory = "/vendor"\n'
  const kept = mirrorsIn(`[source.crates-io]\nreplace-with = "a"\n${text}`)
  expect(kept).not.toMatch(/secret|vendor/)
})

test.each(['', '[build]\njobs = 2\n', '[net]\ngit-fetch-with-cli = true\n', 'this = is no TOML'])(
  'a configuration that replaces no source gives none: %j',
  (text) => expect(mirrorsIn(text)).toBe(''),
)

const command = { program: 'cargo', args: ['build'], cwd: '/audit/groups/one', timeoutMs: 1000 }
const mounts = { writable: '/audit/groups/one/work', readable: ['/audit/seeds/one/work'] }

test('both sandboxes show it to cargo, and let nobody write it', () => {
  const hostView = { ...hostViewFor('/usr', '/home/me/.cargo', 'g++'), configuration: '/audit/mirrors.toml' }
  const words = confined(command, mounts, hostView, LIMITS).join(' ')
  expect(words).toContain('--ro-bind /audit/mirrors.toml /home/me/.cargo/config.toml')
  const container = {
    name: 'one',
    image: 'it',
    user: '1:1',
    registry: '/r',
    mirrors: '',
    filter: '/audit/filter',
    configuration: '/audit/mirrors.toml',
  }
  expect(contained(command, mounts, container, LIMITS, 'receipt')).toContain(
    'type=bind,source=/audit/mirrors.toml,target=/cargo/config.toml,readonly',
  )
})
