import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { hostileOutput } from '../../audit/test/hostile-output.ts'
import { type OddTree, oddTrees, plant } from '../../audit/test/odd-tree.ts'
import { ROOT } from '../rules/tree.ts'

/** `npm run fuzz` tries many more, and other ones each time. */
const TREES = Math.ceil(Number(process.env.FUZZ_DOCUMENTS ?? 5_000) / 1_000)
const SEED = process.env.FUZZ_DOCUMENTS === undefined ? 20_261_128 : Date.now() % 2 ** 31
const RUN_MS = 120_000

const home = mkdtempSync(join(tmpdir(), 'cookbook-audit-fuzz-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Compilers that say what they are, and of all else say something hostile, and end in any way. */
const COMPILERS = ['rustc', 'cargo', 'g++', 'cmake']
const programs = join(home, 'programs')
mkdirSync(programs)
for (const [at, [, hostile]] of hostileOutput().entries())
  writeFileSync(join(programs, `${at}.txt`), hostile(2_000))
for (const compiler of COMPILERS)
  writeFileSync(
    join(programs, compiler),
    `#!/bin/sh
case "$1" in -vV|-V|--version|--print|-E) PATH=\${PATH#*:} exec ${compiler} "$@";; esac
n=$(printf %s "$PWD $*" | cksum | cut -d' ' -f1)
cat "${programs}/$((n % ${hostileOutput().length})).txt"
cat "${programs}/$((n / 7 % ${hostileOutput().length})).txt" >&2
exit $((n % 3))
`,
    { mode: 0o755 },
  )

test('whatever lies in a folder: an audit ends, says what it found, and changes nothing there', {
  timeout: TREES * RUN_MS,
}, async () => {
  for (const [at, tree] of fc.sample(oddTrees, { numRuns: TREES, seed: SEED }).entries()) {
    const harm = await harmOf(tree)
    expect(harm, `tree ${at} of seed ${SEED}: ${describeTree(tree)}`).toEqual([])
  }
})

const describeTree = (tree: OddTree): string =>
  tree
    .map(({ name, thing }) => `${JSON.stringify(name.toString())} ${JSON.stringify(thing).slice(0, 200)}`)
    .join('\n')

async function harmOf(tree: OddTree): Promise<string[]> {
  const folder = mkdtempSync(join(home, 'tree-'))
  const [guide, outside, work, reports] = ['guide', 'outside', 'work', 'reports'].map((name) =>
    join(folder, name),
  )
  for (const each of [guide!, outside!, work!, reports!]) mkdirSync(each)
  writeFileSync(join(outside!, 'secret.md'), `# ${SECRET}\n\n\`\`\`rust\nfn secret() {}\n\`\`\`\n`)
  plant(tree, guide!)
  const before = [guide!, outside!].map(snapshot)
  const formats = ['json', 'sarif', 'junit', 'markdown']
  const options = formats.map((format) => `--format=${format}=${join(reports!, format)}`)
  const args = ['--trust', '--no-cache', '--work-folder', work!, '--format=text', ...options, '.']
  const { code, stdout, stderr } = await run(args, guide!)
  const reported = readdirSync(reports!).map((name) => readFileSync(join(reports!, name), 'utf8'))
  const harm: string[] = []
  const understood = code === 0 || code === 1 || (code === 2 && stderr.includes('shows no block'))
  if (!understood) harm.push(`it ended with ${code}: ${stderr}`)
  if (/^\s+at .*\(?(?:file|node):/m.test(stderr)) harm.push(`it crashed: ${stderr}`)
  if (before.join() !== [guide!, outside!].map(snapshot).join()) harm.push('it changed what it read')
  if (readdirSync(folder).length !== 4) harm.push('it wrote outside of its folder')
  if (code !== 2 && reported.length !== formats.length)
    harm.push(`it wrote ${reported.length} of ${formats.length} reports`)
  for (const text of [stdout, stderr, ...reported]) {
    if (OBEYED.test(text))
      harm.push(`a terminal or a CI server would obey ${JSON.stringify(OBEYED.exec(text)![0])}`)
    if (text.includes(SECRET)) harm.push('it told of what lies outside')
  }
  rmSync(folder, { recursive: true, force: true })
  return harm
}

const SECRET = 'nobody is to read this'
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /^\s*::|##\[|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/m

async function run(args: readonly string[], cwd: string) {
  const main = join(ROOT, 'tools/cli/src/main.ts')
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}`, CXX: 'g++' }
  const child = spawn(process.execPath, [main, 'audit', ...args], {
    cwd,
    env,
    timeout: RUN_MS,
    killSignal: 'SIGKILL',
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...said }
}

/** All that lies in a folder, with what it is and when it was changed. */
function snapshot(folder: string): string {
  const found = execFileSync('find', ['-P', folder, '-printf', '%P %y %m %s %i %T@ %l\\n'], {
    encoding: 'latin1',
  })
  return found.split('\n').sort().join('\n')
}
