import { memoryError } from '@cookbook/diagnostics'
import { rustcHost, SANITIZE } from '@cookbook/toolchain'
import { CARGO_ENV } from '../crates/crates.ts'
import { SEED, seeding } from '../crates/seed.ts'
import type { Bench } from './package.ts'
import { isOwn, pathWithin } from './package.ts'
import type { Program } from './program.ts'
import { programOf } from './program-of.ts'
import { type Blamed, type Ran, runProgram } from './run.ts'

const BUILD_LIMIT_MS = 10 * 60_000
const MESSAGE_BYTES = 16 * 1024 * 1024

/** Of third-party crates as well, unlike `SANITIZED`; an explicit `--target` keeps what cargo itself runs out of it. */
const RUSTFLAGS = [
  '-C link-arg=-fsanitize=address,undefined -C default-linker-libraries=yes',
  // Without frame pointers, what allocated is lost beyond the first Rust function.
  '-C force-frame-pointers=yes',
  // A report without lines is of no use. Cargo strips what is built without debug information for Rust.
  '-C debuginfo=1 -C strip=none',
].join(' ')
/** For C++. */
export const SANITIZERS: readonly string[] = [...SANITIZE, '-g']

let last: Promise<unknown> = Promise.resolve()

/** Runs a section's program, and once more under sanitizers when that is asked for and it ends well without. */
export async function runWatched(bench: Bench, program: Program): Promise<Ran> {
  const plain = await runProgram(bench, program)
  if (!plain.good || !bench.sanitize) return plain
  return (await runSanitized(bench, program)) ?? { ...plain, unwatched: true }
}

/** `null` where the program cannot be built with sanitizers. */
async function runSanitized(bench: Bench, program: Program): Promise<Ran | null> {
  const path = await program.sanitized()
  if (path === null) return null
  const ran = await runProgram(bench, { ...program, path }, true)
  const report = ran.good ? null : reported(bench, ran.outcome.stderr)
  return report === null ? ran : { ...ran, ...report }
}

/** The program at `path` of the package `name`, which cargo builds with its C++ under all that `SANITIZERS` names. */
export function cargoProgram(bench: Bench, crates: string, name: string, path: string): Program {
  return { path, command: 'cargo run', others: [], sanitized: () => buildSanitized(bench, crates, name) }
}

function buildSanitized(bench: Bench, crates: string, name: string): Promise<string | null> {
  // One after another: they share a target folder, so that the crates are built once.
  const work = last.then(() => build(bench, crates, name))
  last = work.catch(() => null)
  return work
}

async function build(bench: Bench, crates: string, name: string): Promise<string | null> {
  const host = rustcHost(bench.toolchain)
  if (host === null) return null
  // What runs while cargo builds, cxx-build above all, is the same with sanitizers and without.
  await seed(bench, crates, bench.sanitizedTarget)
  const outcome = await bench.toolchain.run({
    program: 'cargo',
    args: [
      'build',
      '--offline',
      '--message-format=json',
      '--target-dir',
      bench.sanitizedTarget,
      '--target',
      host,
    ],
    cwd: bench.dir,
    env: { ...CARGO_ENV, CXXFLAGS: SANITIZERS.join(' '), RUSTFLAGS },
    timeoutMs: BUILD_LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
  })
  return programOf(outcome.stdout, name)
}

/** What a sanitizer says, and the first of the package's own lines that it names. */
export function reported(bench: Bench, stderr: string): Pick<Ran, 'ending' | 'blamed'> | null {
  const found = memoryError(stderr)
  if (found === null) return null
  const message = found.message.replace(/^runtime error: /, 'UndefinedBehaviorSanitizer: ')
  const own = isOwn(bench)
  const frame = [found.location, ...found.related].find((one) => one !== null && own(one.path))
  const blamed: Blamed | null = frame ? { ...frame, path: pathWithin(bench, frame.path), message } : null
  return { ending: `ended with ${message}`, blamed }
}

/** Seeds a target folder beside the room's own. */
async function seed({ room, toolchain, isolated }: Bench, from: string, target: string): Promise<void> {
  const args = ['-c', SEED, 'sh', ...seeding(isolated, from, target)]
  await toolchain.run({ program: 'sh', args, cwd: room.work, timeoutMs: 60_000 })
}
