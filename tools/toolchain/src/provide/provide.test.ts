import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Command, Outcome } from '../process/command.ts'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { relocate, withoutBuildPackages } from './apt.ts'
import { libraryFolder } from './libraries.ts'
import { type ProvideOptions, provideNeeds } from './provide.ts'

let root: string
let folder: string
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'provide-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  folder = await libraryFolder(root, 'boost')
})

/** A machine on which the compiler finds Boost where its version stands, and apt-get gives a package of `packaged`. */
function machine({ system, packaged, fails }: { system?: string; packaged?: string; fails?: string }) {
  const calls: string[] = []
  const done = (stdout: string): Outcome => ({
    ...{ kind: 'exited', code: 0, stdout, stderr: '', truncated: false, durationMs: 1 },
  })
  const failed = (stderr: string): Outcome => ({ ...done(''), kind: 'exited', code: 100, stderr })
  const runIn =
    (environment: Readonly<Record<string, string>>) =>
    async ({ program, args }: Command): Promise<Outcome> => {
      if (program === 'sh') {
        const paths = (environment.CPLUS_INCLUDE_PATH ?? '').split(':')
        const header = paths.map((path) => join(path, 'boost/version.hpp')).find(existsSync)
        const found = system ?? (header && readFileSync(header, 'utf8'))
        return found === undefined ? failed('fatal error: boost/version.hpp: No such file') : done(found)
      }
      const [, called, ...rest] = args
      calls.push(`${called} ${rest.find((arg) => /^(update|install|--extract)$/.test(arg))}`)
      if (called === 'apt-get' && fails !== undefined) return failed(`Reading...\nE: ${fails}\n`)
      const archives = rest.find((arg) => arg.startsWith('Dir::Cache::archives='))?.split('=')[1]
      if (rest.includes('install')) await writeFileAtomic(join(archives!, 'libboost-dev.deb'), '')
      if (called === 'dpkg-deb')
        await writeFileAtomic(join(rest.at(-1)!, 'usr/include/boost/version.hpp'), packaged ?? '')
      return done('')
    }
  return { calls, runners: { ask: runIn({}), runIn } }
}

const options = (more: Partial<ProvideOptions> = {}): ProvideOptions => ({
  ...{ needs: ['boost'], download: () => true, progress: () => {} },
  ...more,
})

test('what the system has is taken, and nothing is downloaded', async () => {
  const { calls, runners } = machine({ system: '"1_83"' })
  const { tools, environment, missing } = await provideNeeds(root, 'g++', {}, runners, options())
  expect(tools).toMatchObject([{ name: 'boost', version: '1.83' }])
  expect({ environment, missing, calls }).toEqual({ environment: {}, missing: [], calls: [] })
})

// dpkg keeps its records where only its own systems have them.
const onDebian = test.skipIf(!existsSync('/var/lib/dpkg/status'))

onDebian('what is missing is downloaded once, and announced', async () => {
  const { calls, runners } = machine({ packaged: '"1_74"' })
  const said: string[] = []
  const progress = (line: string) => said.push(line)
  const first = await provideNeeds(root, 'g++', { PATH: '/bin' }, runners, options({ progress }))
  expect(first.missing).toEqual([])
  expect(first.tools).toMatchObject([{ version: '1.74', output: '"1_74"\nunpacked below target/libraries' }])
  expect(first.environment).toMatchObject({
    PATH: '/bin',
    CPLUS_INCLUDE_PATH: join(folder, 'usr/include'),
    CMAKE_PREFIX_PATH: join(folder, 'usr'),
  })
  const once = ['apt-get update', 'apt-get install', 'dpkg-deb --extract']
  expect(calls).toEqual(once)
  expect(await provideNeeds(root, 'g++', { PATH: '/bin' }, runners, options({ progress }))).toEqual(first)
  expect(calls).toEqual(once)
  expect(said).toEqual(['not on this system: boost; downloading libboost-dev into target/libraries'])
  // Nothing half-made is left.
  expect(readdirSync(join(folder, '..')).sort()).toEqual(['apt', 'boost'])
})

test('nothing is downloaded for what nobody selected', async () => {
  const { calls, runners } = machine({ packaged: '"1_74"' })
  const { missing } = await provideNeeds(root, 'g++', {}, runners, options({ download: () => false }))
  expect(missing).toEqual([
    {
      need: 'boost',
      problem: 'boost was not found, 1.74.0 or newer is needed',
      fix: 'install: apt-get install libboost-dev',
    },
  ])
  expect(calls).toEqual([])
})

onDebian('a download that fails says why in apt-get’s words, and leaves nothing', async () => {
  const { runners } = machine({ fails: 'Temporary failure resolving the mirror' })
  const { missing } = await provideNeeds(root, 'g++', {}, runners, options())
  expect(missing).toMatchObject([
    { problem: expect.stringMatching(/; the download failed: apt-get: Temporary failure resolving/) },
  ])
  expect(readdirSync(join(folder, '..'))).toEqual(['apt'])
})

onDebian('a package below the floor is said to be older', async () => {
  const { runners } = machine({ packaged: '"1_65"' })
  const { missing } = await provideNeeds(root, 'g++', {}, runners, options())
  expect(missing).toMatchObject([{ problem: expect.stringContaining('what its packages hold is older') }])
})

onDebian('a folder that somebody emptied is made again', async () => {
  const { runners } = machine({ packaged: '"1_74"' })
  await provideNeeds(root, 'g++', {}, runners, options())
  rmSync(join(folder, 'usr'), { recursive: true })
  const { missing } = await provideNeeds(root, 'g++', {}, runners, options())
  expect(missing).toEqual([])
  expect(readdirSync(join(folder, '..')).sort()).toEqual(['apt', 'boost'])
})

test('build packages that are recorded as installed, and not there, do not count as installed', () => {
  const names = ['libcapnp-dev', 'libcapnp-0.9.2', 'pkg-config', 'pkgconf', 'libpkgconf3', 'libboost-dev']
  const status = names.map((name) => `Package: ${name}\nStatus: install ok installed\n`).join('\n')
  const left = [...withoutBuildPackages(status, 'kj').matchAll(/^Package: (.*)$/gm)].map(([, name]) => name)
  expect(left).toEqual(['libcapnp-0.9.2', 'libpkgconf3', 'libboost-dev'])
  expect(withoutBuildPackages(status, 'boost')).not.toContain('libboost-dev')
})

test('a pkg-config file names the folder that it lies in, not the system’s', async () => {
  const descriptions = join(root, 'usr/lib/x86_64-linux-gnu/pkgconfig')
  const before = 'prefix=/usr\nlibdir=/usr/lib/x86_64-linux-gnu\nName: kj\nCflags: -I/opt/kj -DA=/usr\n'
  const here = '$' + '{pcfiledir}'
  await writeFileAtomic(join(descriptions, 'kj.pc'), before)
  await relocate(descriptions)
  expect(readFileSync(join(descriptions, 'kj.pc'), 'utf8')).toBe(
    before
      .replace('prefix=/usr', `prefix=${here}/../../..`)
      .replace('libdir=/usr', `libdir=${here}/../../..`),
  )
})
