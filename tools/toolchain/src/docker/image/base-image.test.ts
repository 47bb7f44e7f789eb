import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../../../../../docker/base-image.sh')
let folder: string

// The script's own machine: an engine whose images are files, an apt, and a mmdebstrap that makes a file.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'base-image-'))
  for (const name of ['bin', 'tmp', 'images']) mkdirSync(join(folder, name))
  for (const tool of ['dirname', 'sed', 'head', 'mktemp', 'rm', 'sh'])
    program(tool, `exec /usr/bin/${tool} "$@"`)
  program('id', 'echo 0')
  program(
    'apt-get',
    'echo "DEP-11 Debian http://dep11/"; echo "Packages Debian-Security http://security/"; echo "Packages Debian http://mirror/debian/"',
  )
  program('mmdebstrap', 'for last; do before=$file; file=$last; done; echo "from $last" >"$before"')
  program(
    'docker',
    'case $1 in image) [ -e "$STATE/images/base" ] ;; import) while [ $# -gt 2 ]; do shift; done; read -r made <"$1"; echo "$2 $made" >"$STATE/images/base" ;; esac',
  )
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function program(name: string, lines: string): void {
  const path = join(folder, 'bin', name)
  writeFileSync(path, `#!/bin/sh\n${lines}\n`)
  chmodSync(path, 0o755)
}

function make(...args: string[]) {
  const env = { PATH: join(folder, 'bin'), STATE: folder, TMPDIR: join(folder, 'tmp') }
  const { status, stdout, stderr } = spawnSync('/bin/sh', [SCRIPT, ...args], { env, encoding: 'utf8' })
  expect(readdirSync(join(folder, 'tmp'))).toEqual([])
  return { status, stdout, stderr }
}

test("the base is made from the main archive of the machine's own mirror, once", () => {
  const made = 'making debian:trixie-slim from http://mirror/debian/\nmade debian:trixie-slim\n'
  expect(make()).toEqual({ status: 0, stdout: made, stderr: '' })
  expect(make()).toEqual({ status: 0, stdout: 'debian:trixie-slim is there already\n', stderr: '' })
  expect(make('--force', '--mirror', 'http://other/').stdout).toContain('from http://other/\n')
})

test('of a list of mirrors the first is taken', () => {
  writeFileSync(join(folder, 'mirrors'), '# ours\nhttps://first/debian\tpriority:1\nhttps://second/debian\n')
  program('apt-get', `echo "Packages Debian mirror+file:${folder}/mirrors"`)
  expect(make().stdout).toContain('from https://first/debian\n')
})

test.each([
  ['id', 'echo 1000', 'making debian:trixie-slim needs root', 'sudo docker/base-image.sh'],
  ['apt-get', 'exit 1', "apt's sources name no Debian mirror", '--mirror URL'],
  ['mmdebstrap', 'echo part >"$6"; exit 1', 'mmdebstrap could not make Debian trixie', 'another mirror'],
  ['docker', 'exit 1', 'the Docker engine does not answer', 'start dockerd'],
])('when %s does "%s", that is said with its fix', (name, lines, problem, fix) => {
  program(name, lines)
  const { status, stderr } = make()
  expect(status).toBe(1)
  expect(stderr).toContain(`base-image: ${problem}`)
  expect(stderr).toContain(fix)
  expect(existsSync(join(folder, 'images/base'))).toBe(false)
})

test.each([
  ['mmdebstrap', 'apt-get install mmdebstrap'],
  ['docker', 'apt-get install docker.io'],
])('without %s it says how to install it', (name, fix) => {
  rmSync(join(folder, 'bin', name))
  expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining(fix) })
})

test('an unknown argument is refused', () => {
  expect(make('--fast')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('unknown argument --fast'),
  })
})
