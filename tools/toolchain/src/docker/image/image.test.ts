import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensureImage } from './image.ts'
import type { Project } from './project.ts'

let folder: string
let project: Project
let shown: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image '))
  mkdirSync(join(folder, 'images'))
  writeFileSync(join(folder, 'Dockerfile'), 'FROM base\n')
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
  vi.stubEnv('STATE', folder)
  vi.stubEnv('https_proxy', '')
  project = { name: 'p', root: folder, folder, image: 'toolchain', configuration: '', variables: {} }
  shown = []
  program('base-image.sh', 'echo made; touch "$STATE/images/base"')
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** An engine whose images are files; `pull` says what a pull does. */
function engine(pull: string, build = 'touch "$STATE/images/toolchain"'): void {
  program(
    'docker',
    `echo "$*" >>"$STATE/calls"
case $1 in
  image) for last; do :; done; [ -e "$STATE/images/$last" ] ;;
  pull) ${pull} ;;
  build) echo Step 1/1; ${build} ;;
esac`,
  )
}

function program(name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`)
  chmodSync(join(folder, name), 0o755)
}

function ensure() {
  return ensureImage(project, (line) => shown.push(line))
}

function slowCalls(): string[] {
  const calls = existsSync(join(folder, 'calls'))
    ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
    : []
  return calls.filter((call) => !call.startsWith('image'))
}

test('the base is pulled, the image is built, and a second time nothing is done', async () => {
  engine('touch "$STATE/images/base"')
  expect(await ensure()).toBeNull()
  expect(slowCalls()).toEqual(['pull base', `build --force-rm --tag toolchain ${folder}`])
  expect(await ensure()).toBeNull()
  expect(slowCalls()).toHaveLength(2)
})

test('a base that cannot be pulled is made, and why it was is shown', async () => {
  engine('echo "no such host" >&2; exit 1')
  expect(await ensure()).toBeNull()
  expect(shown).toEqual([
    'docker: pulling base',
    'no such host',
    'docker: base cannot be pulled (no such host); making it with docker/base-image.sh',
    'made',
    'docker: building toolchain (some minutes, once)',
    'Step 1/1',
  ])
})

test('a base that can neither be pulled nor made is a problem that tells both reasons', async () => {
  engine('echo "no such host" >&2; exit 1')
  program('base-image.sh', 'echo "needs root" >&2; exit 1')
  expect(await ensure()).toEqual({
    problem: 'base can neither be pulled (no such host) nor made here (needs root)',
    fix: 'pull it where that works, or run as root: docker/base-image.sh',
  })
})

test('a build that fails is a problem with its last line and those that led to it', async () => {
  engine('touch "$STATE/images/base"', 'seq 30; echo "E: no space"; echo "returned 100" >&2; exit 100')
  expect((await ensure())?.problem).toMatch(
    /^the toolchain image could not be built: .*\n {2}12\n(.*\n)* {2}30\b/,
  )
  expect((await ensure())?.problem).toMatch(/E: no space/)
})

test("the caller's proxies reach the build", async () => {
  vi.stubEnv('https_proxy', 'http://proxy:1')
  engine('touch "$STATE/images/base"')
  await ensure()
  expect(slowCalls()[1]).toBe(`build --force-rm --build-arg https_proxy --tag toolchain ${folder}`)
})
