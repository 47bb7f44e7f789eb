import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const FILES = 100_000
const LIMIT_MIB = 512

let folder = ''
beforeEach(() => {
  // A disk that others use as well takes minutes for so many files.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cookbook-many-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a script of its own, whose memory nobody shares, and gives what it prints. */
const run = (script: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })

test('a hundred thousand files with the longest names are counted and removed in little memory', {
  timeout: 180_000,
}, () => {
  const work = join(folder, 'work')
  mkdirSync(work)
  const name = 'n'.repeat(240)
  for (let at = 0; at < FILES; at++) {
    const path = join(work, `${at}-${name}`)
    if (at % 3 === 0) mkdirSync(path)
    else if (at % 3 === 1) symlinkSync('/etc/passwd', path)
    else writeFileSync(path, '')
  }
  const here = JSON.stringify(import.meta.dirname)
  const printed = run(`
    const { walk } = await import(${here} + '/walk.ts')
    const { removeTree } = await import(${here} + '/on-host.ts')
    const { count } = await walk(${JSON.stringify(work)}, 2 * ${FILES})
    await removeTree(${JSON.stringify(work)})
    console.log(JSON.stringify({ count, mib: process.resourceUsage().maxRSS / 1024 }))
  `)
  const { count, mib } = JSON.parse(printed)
  expect(count).toBe(FILES)
  expect(mib).toBeLessThan(LIMIT_MIB)
  expect(() => rmSync(work, { recursive: true })).toThrow('ENOENT')
})

test('what no path is long enough to name is removed, locked folders and odd names too', {
  timeout: 60_000,
}, () => {
  const work = join(folder, 'work')
  mkdirSync(work)
  const here = JSON.stringify(import.meta.dirname)
  run(`
    import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
    process.chdir(${JSON.stringify(work)})
    mkdirSync('locked')
    writeFileSync('locked/file', '')
    chmodSync('locked', 0)
    writeFileSync(Buffer.from([0xff, 0x0a, 0x1b, 0xfe]), '')
    for (const [name, depth] of [['d'.repeat(250), 40], ['e', 3000]])
      for (let at = 0; at < depth; at++) {
        mkdirSync(name)
        process.chdir(name)
        symlinkSync('/etc/passwd', 'leads-out')
      }
  `)
  run(`
    const { removeTree } = await import(${here} + '/on-host.ts')
    await removeTree(${JSON.stringify(work)})
  `)
  expect(() => rmSync(work, { recursive: true })).toThrow('ENOENT')
})
