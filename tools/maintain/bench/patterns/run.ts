import { execFileSync } from 'node:child_process'
import { cpus, release } from 'node:os'
import { join, resolve } from 'node:path'
import { parseCargoMessages } from '@cookbook/diagnostics'
import { cases, isCxxAsync } from '../figures/comparisons.ts'
import type { Case, Measurements } from '../figures/measurements.ts'

const REPETITIONS = 3
const ROUNDS = 5
// One processor, and no thread takes it from another because it has just been woken.
const PINNED = ['--batch', '0', 'taskset', '--cpu-list', '0']

/**
 * Builds and runs everything; cxx-async as well when `cxxAsync` is the folder of a copy that compiles. Tells `progress` of each round.
 * Throws when something cannot be built or run.
 */
export function run(
  root: string,
  cxxAsync: string | undefined,
  progress: (round: number, rounds: number) => void,
): Omit<Measurements, 'http'> {
  const patterns = build(join(root, 'bench'), ['--locked'])
  const beside = cxxAsync === undefined ? patterns : buildBeside(root, cxxAsync)
  const names = cases(cxxAsync !== undefined)
  const taken: Record<string, Case> = Object.fromEntries(
    names.map((name) => [name, { nanoseconds: [], allocations: [], bytes: [] }]),
  )
  for (let round = 0; round < REPETITIONS * ROUNDS; round++) {
    progress(round + 1, REPETITIONS * ROUNDS)
    for (const name of names) {
      const program = isCxxAsync(name) ? beside : patterns
      const printed = execFileSync('chrt', [...PINNED, program, ...name.split(' ')], { encoding: 'utf8' })
      const { nanoseconds, allocations, bytes } = JSON.parse(printed)
      const { [name]: one } = taken
      one!.nanoseconds.push(rounded(nanoseconds))
      one!.allocations.push(rounded(allocations))
      one!.bytes.push(rounded(bytes))
    }
  }
  return { machine: machine(root), repetitions: REPETITIONS, rounds: ROUNDS, cases: taken }
}

/** With the changed copy in place of the crate. It has a lock of its own, which names that copy and is not kept. */
function buildBeside(root: string, cxxAsync: string): string {
  const copy = JSON.stringify(resolve(cxxAsync))
  return build(join(root, 'bench/cxx-async'), ['--config', `patch.crates-io.cxx-async.path=${copy}`])
}

/** Builds the package in `dir` in release; the path of its program. Throws when it does not compile. */
export function build(dir: string, options: readonly string[]): string {
  const args = ['build', '--release', '--message-format=json-render-diagnostics', ...options]
  const printed = execFileSync('cargo', args, {
    cwd: dir,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const messages = parseCargoMessages(printed)
  const built = messages.flatMap((message) =>
    message.kind === 'artifact' ? [message.artifact.executable] : [],
  )
  return built.findLast((path) => path !== null)!
}

export function machine(root: string): Measurements['machine'] {
  const says = (program: string) =>
    execFileSync(program, ['--version'], { cwd: root, encoding: 'utf8' }).split('\n')[0]!
  return {
    date: new Date().toISOString().slice(0, 10),
    processors: cpus().length,
    linux: release().split('.').slice(0, 2).join('.'),
    rustc: says('rustc').split(' ').slice(0, 2).join(' '),
    cxx: says(process.env.CXX ?? 'c++').replace(/ \(.*\)/, ''),
  }
}

// Three digits after the point are more than a run can tell.
export function rounded(value: number): number {
  return Number(value.toFixed(3))
}
