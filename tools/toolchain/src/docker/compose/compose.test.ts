import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Project } from '../image/project.ts'
import { composeDown, composePs, composeUp, configuration, readReceipt } from './compose.ts'

let folder: string
let programs: string
let project: Project

// A folder whose name a shell would take apart, and a PATH with only what the shim itself needs.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ché $(id) 'x' "))
  programs = join(folder, 'bin')
  mkdirSync(programs)
  vi.stubEnv('PATH', `${programs}:/usr/bin:/bin`)
  const variables = { COOKBOOK_ROOT: folder }
  project = { name: 'cookbook-1a', root: folder, folder, image: 'i', configuration: 'c', variables }
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function program(name: string, lines: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${lines}\n`)
  chmodSync(join(programs, name), 0o755)
}

test('up, ps and down name the file, the project and the service, in the folder of compose.yaml', async () => {
  program('docker-compose', 'echo "$PWD: $*"; echo "$COOKBOOK_ROOT"')
  const said = (call: string) => ({
    kind: 'done',
    said: `${folder}: -f compose.yaml --project-name cookbook-1a ${call}\n${folder}`,
  })
  expect(await composeUp(project, 'toolchain')).toEqual(said('up -d toolchain'))
  expect(await composePs(project)).toEqual(said('ps'))
  expect(await composeDown(project)).toEqual(said('down'))
})

test('a failure is a value with what was printed, and the console stays silent', async () => {
  const log = vi.spyOn(console, 'log')
  program('docker-compose', 'echo Creating; echo "no such image" >&2; exit 18')
  expect(await composeUp(project, 'fetch')).toEqual({
    kind: 'failed',
    code: 18,
    said: 'Creating\nno such image',
  })
  expect(log).not.toHaveBeenCalled()
})

test("without docker-compose its plugin in docker is called, and without both that is the failure's code", async () => {
  vi.stubEnv('PATH', programs)
  for (const tool of ['tail', 'timeout']) symlinkSync(`/usr/bin/${tool}`, join(programs, tool))
  program('docker', 'echo "docker: $*"')
  expect(await composePs(project)).toMatchObject({
    said: 'docker: compose -f compose.yaml --project-name cookbook-1a ps',
  })
  program('docker', 'exit 1')
  expect(await composePs(project)).toEqual({ kind: 'failed', code: 127, said: '' })
})

test('a Compose that prints without measure is cut at its beginning', async () => {
  program('docker-compose', 'head -c 5000000 /dev/zero | tr "\\0" x; echo; echo last words; exit 1')
  const composed = await composePs(project)
  expect(composed).toMatchObject({ kind: 'failed', code: 1 })
  expect(composed.said.length).toBeLessThan(70_000)
  expect(composed.said.endsWith('last words')).toBe(true)
})

test.each(['', 'a b', 'a;id', '$(id)', '-f', 'A'])('%j cannot name a project', (name) => {
  expect(() => configuration({ ...project, name })).toThrow('cannot name a project')
})

test('what ended without a receipt has failed', () => {
  expect(readReceipt('Killed\n')).toEqual({ kind: 'failed', code: -1, said: 'Killed' })
})
