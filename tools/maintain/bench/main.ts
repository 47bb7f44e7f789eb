/** `npm run bench`: what it takes, does and exits with is in commands.ts and options.ts, which `-- --help` prints. */

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { findPatterns } from '@cookbook/guide'
import { openCheckout, openWarmCheckout } from '../checkout/checkout.ts'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { writePages } from '../measurements/pages.ts'
import { median, seconds } from './figures/time.ts'
import { readOptions } from './options.ts'
import { insertShown } from './watch/insert-shown.ts'
import { judgeWatch } from './watch/judge.ts'
import { WATCH_FILE, watchText } from './watch/results.ts'
import { measureWatch } from './watch/run.ts'
import { shellLoop } from './watch/shell-loop.ts'

const EDITED = 'oneshot'
const HOST = { TOOLCHAIN: 'host' }

const REPOSITORY = join(import.meta.dirname, '../../..')

const options = readOptions(process.argv.slice(2), process.env.BENCH_RUNS)
if (options.kind === 'refused') leave(COMMANDS.bench, options)
const { watchAlone, runs: RUNS } = options
using checkout = watchAlone ? openWarmCheckout() : openCheckout()
const { root } = checkout
const slugs = await findPatterns(root)
const scratch = mkdtempSync(join(tmpdir(), 'cookbook-bench-'))
const target = join(scratch, 'target')
try {
  if (!watchAlone) verification()
  else seconds(root, 'npm', ['run', 'verify', '--', `--filter=${EDITED}`], HOST)
  await watching()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function verification(): void {
  const cold = seconds(root, 'npm', ['run', 'verify'], HOST)
  const coldLoop = loop(slugs)
  row(`cold, ${slugs.length} patterns`, cold, 'shell loop', coldLoop, 0.7)

  // In turns, so that a slower moment of the machine is one of all three.
  const bare: number[] = []
  const cached = { 'npx turbo run verify': [] as number[], 'npm run verify': [] as number[] }
  for (let run = 0; run < RUNS; run++) {
    bare.push(seconds(root, 'npx', ['turbo', '--version']))
    cached['npx turbo run verify'].push(seconds(root, 'npx', ['turbo', 'run', 'verify'], HOST))
    cached['npm run verify'].push(seconds(root, 'npm', ['run', 'verify'], HOST))
  }
  for (const [command, times] of Object.entries(cached))
    row(`all cached, ${command}`, median(times), 'npx turbo --version', median(bare), 2)

  const edits: number[] = []
  const loops: number[] = []
  for (let run = 0; run < RUNS; run++) {
    edit(run)
    edits.push(seconds(root, 'npm', ['run', 'verify'], HOST))
    loops.push(loop([EDITED]))
  }
  row('after one edit in C++ and one in Rust', median(edits), "cargo's rebuild and run", median(loops), 1.2)
}

async function watching(): Promise<void> {
  const results = await measureWatch(root, EDITED, target, RUNS)
  writeFileSync(join(REPOSITORY, WATCH_FILE), watchText(results))
  writePages(REPOSITORY)
  for (const { what, figure, unit, most, met } of judgeWatch(results)) {
    console.log(`${met ? '' : 'missed: '}${what}: ${figure.toFixed(2)}${unit} (goal: at most ${most})`)
    if (!met) process.exitCode = 1
  }
}

/** The shell loop as a file: its text is longer than an argument may be. */
function loop(slugs: readonly string[]): number {
  const script = join(scratch, 'loop.sh')
  writeFileSync(script, shellLoop(root, slugs, target))
  return seconds(root, 'bash', [script])
}

/** A new test in Rust, and a new line in the C++ source and so in the chapter. */
function edit(run: number): void {
  appendFileSync(
    join(root, `patterns/${EDITED}/tests/answers.rs`),
    `\n#[test]\nfn edit_${run}() {\n    assert_eq!(failed("${run}"), failed("${run}"));\n}\n`,
  )
  insertShown(join(root, `patterns/${EDITED}/src/${EDITED}.cc`), `// edit ${run}\n`)
  seconds(root, 'npm', ['run', 'sync'])
}

function row(what: string, ours: number, other: string, theirs: number, goal: number): void {
  const ratio = ours / theirs
  const missed = ratio > goal
  if (missed) process.exitCode = 1
  console.log(
    `${missed ? 'missed: ' : ''}${what}: ${ours.toFixed(2)} s; ${other}: ${theirs.toFixed(2)} s; ratio ${ratio.toFixed(2)} (goal: at most ${goal})`,
  )
}
