import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, seconds } from '../figures/time.ts'
import { machine } from '../patterns/run.ts'
import { granted, type Pin, type Turn } from './priority.ts'
import type { AuditResults } from './results.ts'

const WARM = 5
const GUIDE = join(import.meta.dirname, 'guide.md')
/** Pages of all kinds, most of which have something wrong. */
const MIXED = join(import.meta.dirname, '../../../audit/fixtures/cases')

type Reported = {
  totals: { verdicts: { runs: number } }
  blocks: readonly unknown[]
  groups: readonly { cached: boolean; durationMs: number }[]
}

/** Measures all of it so many times. Throws when the guide is not found good, or a section is not recalled that should be. */
export function run(
  root: string,
  turn: Turn,
  rounds: number,
  progress: (round: number) => void,
): AuditResults {
  const scratch = mkdtempSync(join(tmpdir(), 'cookbook-bench-audit-'))
  const audit = (guide: string, pin: Pin, work: string, ...more: string[]) => {
    const program = [process.execPath, join(root, 'tools/cli/src/main.ts'), 'audit']
    const report = join(scratch, 'report.json')
    const options = [
      '--sandbox=bubblewrap',
      `--work-folder=${join(scratch, work)}`,
      `--format=json=${report}`,
    ]
    const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') }
    const command = granted(turn, pin, [...program, ...options, ...more, guide])
    // Findings are exit code 1.
    const took = seconds(root, command.program, command.args, env, guide === MIXED ? [0, 1] : [0])
    const reported: Reported = JSON.parse(readFileSync(report, 'utf8'))
    if (guide === GUIDE && reported.totals.verdicts.runs !== reported.blocks.length)
      throw new Error(
        `${GUIDE}: ${reported.totals.verdicts.runs} of ${reported.blocks.length} blocks run, expected all`,
      )
    return { took, reported }
  }
  try {
    const keep = join(scratch, 'packages')
    const cargoHome = ownCargoHome(scratch)
    const { reported } = audit(GUIDE, 'one processor', 'first', '--keep', keep)
    const keepMixed = join(scratch, 'mixed')
    const mixed = audit(MIXED, 'all processors', 'mixed', '--keep', keepMixed).reported
    const results: AuditResults = {
      ...versions(root),
      turn,
      blocks: reported.blocks.length,
      sections: reported.groups.length,
      mixedBlocks: mixed.blocks.length,
      mixedSections: mixed.groups.length,
      ...{ cold: [], cargo: [], warm: [], recalled: [], mixedCold: [], mixedLoop: [] },
    }
    for (let round = 0; round < rounds; round++) {
      progress(round + 1)
      results.cold.push(audit(GUIDE, 'one processor', `work-${round}`).took)
      const build = granted(turn, 'one processor', ['bash', '-c', loop(keep, join(scratch, `${round}`))])
      results.cargo.push(seconds(keep, build.program, build.args, { CARGO_HOME: cargoHome }))
      const again = Array.from({ length: WARM }, () => audit(GUIDE, 'one processor', `work-${round}`))
      if (!again.every(({ reported }) => reported.groups.every(({ cached }) => cached)))
        throw new Error('a section that did not change was tried again, expected all to be recalled')
      results.warm.push(median(again.map(({ took }) => took)))
      results.recalled.push(
        median(again.map(({ reported }) => Math.max(...reported.groups.map(({ durationMs }) => durationMs)))),
      )
      results.mixedCold.push(audit(MIXED, 'all processors', `mixed-${round}`).took)
      const each = granted(turn, 'all processors', [
        'bash',
        '-c',
        mixedLoop(keepMixed, join(scratch, `mixed-target-${round}`)),
      ])
      results.mixedLoop.push(seconds(keepMixed, each.program, each.args, { CARGO_HOME: cargoHome }))
    }
    return results
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** With the caller's crates, and a lock of its own: nobody else's cargo is waited for, as in the audit's sandbox. */
function ownCargoHome(scratch: string): string {
  const own = join(scratch, 'cargo')
  mkdirSync(own)
  symlinkSync(join(process.env.CARGO_HOME || join(homedir(), '.cargo'), 'registry'), join(own, 'registry'))
  return own
}

/** Packages of one name are one to cargo in a shared target folder, so each is newer than what the last one left. */
function loop(folder: string, target: string): string {
  const build = `find . -type f -exec touch {} + && cargo build --quiet --offline --target-dir '${target}'`
  return readdirSync(folder)
    .map((name) => `(cd '${join(folder, name)}' && ${build})`)
    .join(' && ')
}

/** Each package once, by its own build tool, or else each of its sources: what fails to compile ends nothing. */
function mixedLoop(folder: string, target: string): string {
  const build = [
    'if [ -e Cargo.toml ]; then find . -type f -exec touch {} +',
    `cargo build --quiet --offline --all-targets --keep-going --target-dir '${target}'`,
    'elif [ -e CMakeLists.txt ]; then cmake -S . -B build && cmake --build build',
    "else find . -name '*.c' -exec cc -c -o /dev/null {} ';'",
    "find . -name '*.cc' -o -name '*.cpp' | xargs --no-run-if-empty --max-args=1 c++ -std=c++20 -c -o /dev/null",
    'fi',
  ].join('; ')
  return readdirSync(folder)
    .map((name) => `(cd '${join(folder, name)}' && ${build}) >/dev/null 2>&1`)
    .concat('true')
    .join('; ')
}

function versions(root: string): Pick<AuditResults, 'date' | 'rustc' | 'cxx'> {
  const { date, rustc, cxx } = machine(root)
  return { date, rustc, cxx }
}
