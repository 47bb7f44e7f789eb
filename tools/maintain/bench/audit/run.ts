import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, seconds } from '../figures/time.ts'
import { machine } from '../patterns/run.ts'
import type { KeptAudit } from './kept.ts'
import { pinned, type Turn } from './turn.ts'

const WARM = 5
const GUIDE = join(import.meta.dirname, 'guide.md')

type Told = {
  totals: { verdicts: { runs: number } }
  blocks: readonly unknown[]
  groups: readonly { cached: boolean; durationMs: number }[]
}

/** Measures all of it so many times. Throws when the guide is not found good, or a section is not recalled that should be. */
export function run(root: string, turn: Turn, rounds: number, progress: (round: number) => void): KeptAudit {
  const scratch = mkdtempSync(join(tmpdir(), 'cookbook-bench-audit-'))
  const audit = (work: string, ...more: string[]) => {
    const program = [process.execPath, join(root, 'tools/cli/src/main.ts'), 'audit']
    const report = join(scratch, 'report.json')
    const options = [
      '--sandbox=bubblewrap',
      `--work-folder=${join(scratch, work)}`,
      `--format=json=${report}`,
    ]
    const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') }
    const command = pinned(turn, [...program, ...options, ...more, GUIDE])
    const took = seconds(root, command.program, command.args, env)
    const told: Told = JSON.parse(readFileSync(report, 'utf8'))
    if (told.totals.verdicts.runs !== told.blocks.length)
      throw new Error(
        `${GUIDE}: ${told.totals.verdicts.runs} of ${told.blocks.length} blocks run, expected all`,
      )
    return { took, told }
  }
  try {
    const keep = join(scratch, 'packages')
    const cargoHome = ownCargoHome(scratch)
    const { told } = audit('first', '--keep', keep)
    const kept: KeptAudit = {
      ...versions(root),
      turn,
      blocks: told.blocks.length,
      sections: told.groups.length,
      ...{ cold: [], cargo: [], warm: [], recalled: [] },
    }
    for (let round = 0; round < rounds; round++) {
      progress(round + 1)
      kept.cold.push(audit(`work-${round}`).took)
      const build = pinned(turn, ['bash', '-c', loop(keep, join(scratch, `${round}`))])
      kept.cargo.push(seconds(keep, build.program, build.args, { CARGO_HOME: cargoHome }))
      const again = Array.from({ length: WARM }, () => audit(`work-${round}`))
      if (!again.every(({ told }) => told.groups.every(({ cached }) => cached)))
        throw new Error('a section that did not change was tried again, expected all to be recalled')
      kept.warm.push(median(again.map(({ took }) => took)))
      kept.recalled.push(
        median(again.map(({ told }) => Math.max(...told.groups.map(({ durationMs }) => durationMs)))),
      )
    }
    return kept
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

function versions(root: string): Pick<KeptAudit, 'date' | 'rustc' | 'cxx'> {
  const { date, rustc, cxx } = machine(root)
  return { date, rustc, cxx }
}
