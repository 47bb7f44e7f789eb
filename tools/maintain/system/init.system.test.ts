import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packPackage } from '../package/package.ts'
import { runAsStranger } from '../package/stranger.ts'

const ROOT = join(import.meta.dirname, '../../..')
const LIMIT_MS = 10 * 60_000
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-init-')))
afterAll(() => rmSync(folder, { recursive: true }))

test(
  'a guide of another repository is green at once, and red at the line of what is broken then',
  async () => {
    const tarball = await packPackage(ROOT, join(folder, 'packed'))
    const guide = join(folder, 'guide')
    const run = (program: string, ...args: string[]) =>
      runAsStranger(guide, program, args, join(folder, 'cache'), LIMIT_MS)
    const good = (program: string, ...args: string[]) => {
      const { status, said } = run(program, ...args)
      expect(status, said).toBe(0)
      return said
    }
    // An existing repository: it keeps what it says.
    const manifest = { name: 'mine', devDependencies: { 'cxx-async-cookbook': `file:${tarball}` } }
    runAsStranger(folder, 'git', ['init', '--quiet', guide], join(folder, 'cache'), LIMIT_MS)
    writeFileSync(join(guide, 'package.json'), JSON.stringify(manifest))
    writeFileSync(join(guide, 'README.md'), '# Mine\n\nWhat it is.\n')
    const install = ['install', '--no-audit', '--no-fund', '--loglevel=error']
    good('npm', ...install)
    expect(good('npx', 'cookbook', 'init')).toContain('a guide with one pattern is there: patterns/timer')
    expect(readFileSync(join(guide, 'README.md'), 'utf8')).toMatch(/^# Mine\n\nWhat it is\.\n\n\| you need/)
    good('npm', ...install)
    expect(good('npm', 'run', 'verify')).toMatch(/^1 chapter, \d+ examples verified, 3 claims proved/m)

    const types = () => run(process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'patterns')
    expect(types()).toEqual({ status: 0, said: '' })
    const runner = join(guide, 'patterns/timer/verify.test.ts')
    const checks = readFileSync(runner, 'utf8')
    writeFileSync(runner, checks.replace("proves('", "prove('"))
    expect(types()).toEqual({
      status: 1,
      said: expect.stringContaining("Property 'prove' does not exist on type 'Pattern'"),
    })
    writeFileSync(runner, checks)

    expect(good('npx', 'cookbook', 'new', 'rate-limit')).toContain('patterns/rate-limit is there')
    expect(types()).toEqual({ status: 0, said: '' })
    expect(good('npm', 'run', 'verify')).toMatch(/^2 chapters, \d+ examples verified, 6 claims proved/m)

    const chapter = join(guide, 'patterns/timer/README.md')
    const text = readFileSync(chapter, 'utf8')
    writeFileSync(chapter, text.replace('longer than a day', 'longer than a week'))
    const { status, said } = run('npm', 'run', 'verify')
    expect(status, said).toBe(1)
    const line = text.slice(0, text.indexOf('longer than a day')).split('\n').length
    expect(said).toContain(`patterns/timer/README.md:${line}:`)
    expect(said).toContain(' drift: ')
  },
  LIMIT_MS,
)
