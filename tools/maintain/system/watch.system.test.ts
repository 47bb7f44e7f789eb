import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { edit, editShown } from '../checkout/edit.ts'
import { killTree, processesIn } from '../checkout/processes.ts'
import { freshShell, verify } from '../checkout/run.ts'
import { openScreen, type Screen } from '../checkout/screen.ts'
import { gate, shadow } from '../checkout/shadow.ts'

const LIMIT_MS = 300_000
const PROSE_MS = 300
const small = openSmallCheckout()
const PATTERN = join(small.root, 'patterns/ebb')
const CHAPTER = join(PATTERN, 'README.md')

beforeAll(async () => {
  const first = await verify(small)
  expect(first, first.said).toMatchObject({ passed: true })
})
afterAll(() => small[Symbol.dispose]())

let screen: Screen
const open = (env: Record<string, string> = {}) => {
  screen = openScreen(small.root, [], { ...freshShell(), ...env }, LIMIT_MS)
}

beforeEach(async () => {
  open()
  await screen.says(/all is well: 2 chapters, 14 examples, 2 claims in/)
})
afterEach(() => screen.interrupt())

test('prose: looked at in less than 0.3 s, and nothing is compiled', async () => {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const from = screen.length()
    const started = performance.now()
    edit(CHAPTER, '\n## What can', '\nMore.\n\n## What can')
    await screen.says(/all is well: 2 chapters/, from)
    times.push(performance.now() - started)
    expect(screen.said(from)).not.toContain('proving')
  }
  expect(Math.min(...times), times.join(', ')).toBeLessThan(PROSE_MS)
})

test('a fence: the drift is shown at once with both ways back, and it is gone when it is taken back', async () => {
  const from = screen.length()
  const fix = edit(CHAPTER, 'MEAN_HEIGHT = 210', 'MEAN_HEIGHT = 211')
  await screen.says(
    /patterns\/ebb\/README\.md:\d+:\d+ drift: [\s\S]*the chapter changed last\. [\s\S]*--from-chapter[\s\S]*1 finding/,
    from,
  )
  expect(screen.said(from)).not.toContain('proving')
  const again = screen.length()
  fix()
  await screen.says(/all is well: 2 chapters/, again)
  expect(screen.said(again)).not.toContain('drift')
})

test('a header: only its pattern is proved again, and what is wrong is shown at the chapter', async () => {
  const from = screen.length()
  const fix = editShown(PATTERN, 'include/ebb.h', '210', '215')
  await screen.says(
    /proving ebb: compiled after [\s\S]*patterns\/ebb\/README\.md:\d+:\d+ wrong-output[\s\S]*findings after/,
    from,
  )
  expect(screen.said(from)).not.toContain('proving flood')
  const again = screen.length()
  fix()
  await screen.says(/all is well: 2 chapters/, again)
})

test('clippy: what it says is shown at its line, and gone when it is taken back', async () => {
  let from = screen.length()
  const fix = edit(join(PATTERN, 'tests/height.rs'), 'assert_eq!', 'return assert_eq!')
  await screen.says(
    /clippy reads ebb[\s\S]*patterns\/ebb\/tests\/height\.rs:3:5 build-failed: rustc: error\[clippy::needless_return\][\s\S]*1 finding/,
    from,
  )
  from = screen.length()
  fix()
  await screen.says(/all is well: 2 chapters/, from)
})

test('mutations: a claim that none breaks and a text that is gone are shown, and nothing more is missing then', async () => {
  const path = join(PATTERN, 'mutations.toml')
  const mutation = (find: string) => {
    const claim = 'tests/height.rs#the_mean_is_added'
    return `[[mutation]]\nclaim = '${claim}'\nfile = 'src/ebb.cc'\nfind = '${find}'\nreplace = 'above_mean'\n`
  }
  let from = screen.length()
  writeFileSync(path, '')
  await screen.says(/patterns\/ebb\/README\.md:\d+:\d+ mutation: no mutation breaks what/, from)
  from = screen.length()
  writeFileSync(path, mutation('above_mean * 2'))
  await screen.says(
    /mutations\.toml:1:\d+ mutation: the text of this mutation stands 0 times in src\/ebb\.cc/,
    from,
  )
  from = screen.length()
  writeFileSync(path, mutation('MEAN_HEIGHT + above_mean'))
  await screen.says(/all is well: 2 chapters/, from)
  rmSync(path)
})

test('a burst of saves is one run', async () => {
  const path = join(PATTERN, 'tests/height.rs')
  const text = readFileSync(path, 'utf8')
  const runs: number[] = []
  // On a busy machine one burst may be noticed as several, but not each time.
  for (let burst = 0; burst < 10 && runs.at(-1) !== 1; burst++) {
    const from = screen.length()
    for (let save = 0; save < 5; save++) writeFileSync(path, `${text}// ${burst} ${save}\n`)
    await screen.says(/all is well: 2 chapters/, from)
    runs.push([...screen.said(from).matchAll(/proving ebb: compiling/g)].length)
  }
  expect(runs).toContain(1)
  writeFileSync(path, text)
})

test('a file that is deleted, renamed or comes back, and a pattern that goes', async () => {
  const [path, aside] = [join(PATTERN, 'expected/ebb.txt'), join(PATTERN, 'expected/tide.txt')]
  let from = screen.length()
  renameSync(path, aside)
  await screen.says(
    /file-not-found: the package has no file expected\/ebb\.txt[\s\S]*findings? after [\d.]+ s\n/,
    from,
  )
  from = screen.length()
  renameSync(aside, path)
  await screen.says(/all is well: 2 chapters/, from)
  from = screen.length()
  const [dir, away] = [join(small.root, 'patterns/flood'), join(small.root, 'target/flood')]
  renameSync(dir, away)
  await screen.says(
    /contents: the table of contents names patterns\/flood, which is not a package[\s\S]*1 finding/,
    from,
  )
  from = screen.length()
  renameSync(away, dir)
  await screen.says(/all is well: 2 chapters/, from)
})

test('the README of the guide: its table of contents is held against the chapters at once', async () => {
  let from = screen.length()
  const fix = edit(join(small.root, 'README.md'), '- [flood](patterns/flood/README.md)\n', '')
  await screen.says(
    /README\.md:1:1 contents: patterns\/flood is not in the table of contents[\s\S]*1 finding/,
    from,
  )
  expect(screen.said(from)).not.toContain('proving')
  from = screen.length()
  fix()
  await screen.says(/all is well: 2 chapters/, from)
})

test('the tools: what cannot be loaded is said, and all is proved again by those that can, until Ctrl-C', async () => {
  let from = screen.length()
  const fix = edit(join(small.root, 'tools/guide/src/finding/show.ts'), 'export ', 'ekspor ')
  await screen.says(/the tools changed, and cannot be loaded:[\s\S]*SyntaxError/, from)
  expect(screen.said(from)).not.toContain('proving')
  from = screen.length()
  fix()
  await screen.says(/proving [\s\S]*all is well: 2 chapters, 14 examples, 2 claims in/, from)
  const proved = screen.said(from).matchAll(/proving (\w+): compiled/g)
  expect(new Set([...proved].map(([, slug]) => slug))).toEqual(new Set(['ebb', 'flood']))
  from = screen.length()
  const back = edit(CHAPTER, '\n## What can', '\nMore.\n\n## What can')
  await screen.says(/all is well: 2 chapters/, from)
  back()
  await screen.interrupt()
  expect(await processesIn(small.root, 5000)).toEqual([])
})

test('the runner that waits for the next save may be killed, and its folder made again, and goes with Ctrl-C', async () => {
  async function prove(line: string): Promise<void> {
    const from = screen.length()
    writeFileSync(path, `${text}// ${line}\n`)
    await screen.says(/proving ebb: compiled[\s\S]*all is well: 2 chapters/, from)
    expect(screen.said(from)).not.toContain('no-evidence')
  }
  const path = join(PATTERN, 'tests/height.rs')
  const text = readFileSync(path, 'utf8')
  await prove('It is loaded when this one is proved.')
  killTree(await waitingRunner())
  await prove('Another one is.')
  const first = await waitingRunner()
  const aside = join(small.root, 'aside')
  renameSync(PATTERN, aside)
  cpSync(aside, PATTERN, { recursive: true })
  rmSync(aside, { recursive: true })
  await prove('In the folder that is there now.')
  expect(await waitingRunner()).not.toBe(first)
  await screen.interrupt()
  expect(await processesIn(small.root, 5000)).toEqual([])
  writeFileSync(path, text)
})

/** The process of the runner that was loaded and not yet let go. */
async function waitingRunner(): Promise<number> {
  const vitest = join(small.root, 'node_modules/vitest/vitest.mjs')
  return vi.waitFor(() => Number(execFileSync('pgrep', ['-f', vitest], { encoding: 'utf8' })), LIMIT_MS)
}

test('a save during a run cancels it, and Ctrl-C during a run leaves no process', async () => {
  await screen.interrupt()
  const stops = [gate(small, 'cancelled'), gate(small, 'interrupted')]
  const counter = join(small.root, 'target/builds')
  rmSync(counter, { force: true })
  const env = shadow(
    small,
    'cargo',
    (real) => `case "$*" in
build\\ *--message-format=json*)
  echo >>${counter}
  case $(wc -l <${counter}) in 1) ${stops[0]!.script};; 3) ${stops[1]!.script};; esac;;
esac
exec ${real} "$@"`,
  )
  open(env)
  await screen.says(/all is well/)
  const builds = () => readFileSync(counter, 'utf8').length

  const fix = editShown(PATTERN, 'include/ebb.h', '210', '215')
  await stops[0]!.reached()
  const from = screen.length()
  const path = join(PATTERN, 'tests/height.rs')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, `${text}// A line.\n`)
  fix()
  await screen.says(/all is well: 2 chapters/, from)
  expect(screen.said()).not.toContain('wrong-output')
  expect(builds()).toBe(2)

  writeFileSync(path, `${text}// Another line.\n`)
  await stops[1]!.reached()
  await screen.interrupt()
  expect(await processesIn(small.root, 5000)).toEqual([])
  writeFileSync(path, text)
})
