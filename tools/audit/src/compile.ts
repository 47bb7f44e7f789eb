import { mkdir, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { type Command, describeEnding, ended, endingOf, type Outcome, place } from '@cookbook/toolchain'
import { type Assembled, textOf } from './assembled.ts'
import { CARGO_ENV, cratesFor, type Workshop } from './crates.ts'
import { bridgeProblems, cxxProblems, type Problem, rustProblems } from './problem.ts'

/** What compilers make of an assembled package. */
export type Compiled = {
  problems: readonly Problem[]
  /** The files of the package that were read by a compiler that found nothing wrong. */
  files: ReadonlySet<string>
  /** The program that `cargo run` would start. */
  program: string | null
}

export type Bench = Workshop & {
  /** The package's folder, and the target folder of its own. */
  dir: string
  target: string
}

const BUILD_LIMIT_MS = 5 * 60_000
const MESSAGE_BYTES = 16 * 1024 * 1024

/** Writes the package as it now stands, and nothing of what it was. */
export async function writePackage({ dir }: Bench, { files }: Assembled): Promise<void> {
  const wanted = new Set(files.keys())
  const there = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of there) {
    const path = relative(dir, join(entry.parentPath, entry.name))
    if (!entry.isDirectory() && !wanted.has(path) && path !== 'Cargo.lock')
      await rm(join(dir, path), { force: true })
  }
  for (const [path, lines] of files)
    await place(join(dir, path), path === 'Cargo.toml' ? alone(textOf(lines)) : textOf(lines))
}

/** A package of its own, whatever folder the audit works in. */
const alone = (manifest: string) =>
  /^\s*\[workspace\]/m.test(manifest) ? manifest : `${manifest}\n[workspace]\n`

/** `cargo build`, as a reader would. */
export async function buildTogether(bench: Bench, assembled: Assembled): Promise<Compiled> {
  const manifest = assembled.files.get('Cargo.toml')!
  const tests = wantsTests(assembled)
  const crates = await cratesFor(bench, manifest, tests)
  if (crates.kind === 'refused') return nothing(cargoProblems(crates.outcome, assembled))
  await place(join(bench.dir, 'Cargo.lock'), crates.lock)
  await seed(bench, crates.seed)
  const targets = tests ? ['--lib', '--bins', '--examples', '--tests'] : []
  const has = (pattern: RegExp) => [...assembled.files.keys()].some((path) => pattern.test(path))
  const kept = targets.filter((target) => target !== '--lib' || has(/^src\/lib\.rs$/))
  const args = [
    'build',
    '--offline',
    '--keep-going',
    '--message-format=json',
    '--target-dir',
    bench.target,
    ...kept,
  ]
  const command: Command = {
    program: 'cargo',
    args,
    cwd: bench.dir,
    env: CARGO_ENV,
    timeoutMs: BUILD_LIMIT_MS,
    keepBytes: MESSAGE_BYTES,
  }
  const outcome = await bench.toolchain.run(command)
  const own = isOwn(bench)
  const problems = [
    ...rustProblems(outcome.stdout),
    ...cxxProblems(outcome.stderr, own),
    ...bridgeProblems(bridgePart(outcome.stderr), 'src/lib.rs'),
  ].map((problem) => withinPackage(bench, problem))
  if (!ended(outcome, command) && problems.length === 0) problems.push(...cargoProblems(outcome, assembled))
  if (problems.length > 0) return nothing(problems)
  const program = artifactsOf(outcome).find(
    ({ kinds, name }) => kinds.includes('bin') && name === assembled.name,
  )
  const first = program ?? artifactsOf(outcome).find(({ kinds }) => kinds.includes('bin'))
  return { problems: [], files: await filesRead(bench, assembled), program: first?.executable ?? null }
}

function wantsTests({ files }: Assembled): boolean {
  return [...files].some(
    ([path, lines]) =>
      /^(?:tests|examples)\//.test(path) ||
      lines.some(({ text }) => /#\[(?:cfg\(test\)|(?:\w+::)*test\b)/.test(text)),
  )
}

const bridgePart = (stderr: string) =>
  stderr
    .split('\n')
    .filter((line) => !/^error: (?:failed to run|could not compile|build failed)/.test(line))
    .join('\n')
    .replace(/[\s\S]*?(?=error\[cxxbridge\])/, '')
    .replace(/^(?!\s*error\[cxxbridge\])[\s\S]*/, '')

async function seed({ dir, target, toolchain }: Bench, from: string): Promise<void> {
  const there = await readdir(join(target, 'debug')).catch(() => [])
  if (there.length > 0) return
  await mkdir(join(target, 'debug'), { recursive: true })
  const parts = ['deps', '.fingerprint', 'build'].map((part) => join(from, 'debug', part))
  await toolchain.run({
    program: 'cp',
    args: ['-al', '--force', ...parts, join(target, 'debug')],
    cwd: dir,
    timeoutMs: 60_000,
  })
}

export const nothing = (problems: readonly Problem[]): Compiled => ({
  problems,
  files: new Set(),
  program: null,
})

/** Whether a path that a tool wrote is of the package: it runs in the package's folder. */
export function isOwn({ dir }: Bench): (path: string) => boolean {
  return (path) => {
    if (path.includes('/cxxbridge/crate/')) return true
    return isAbsolute(path) ? path.startsWith(`${dir}/`) : !path.startsWith('..') && !path.startsWith('<')
  }
}

export function withinPackage({ dir }: Bench, problem: Problem): Problem {
  const linked = /\/cxxbridge\/crate\/[^/]+\/(.*)$/.exec(problem.path)?.[1]
  const path =
    linked ??
    (problem.path.startsWith(`${dir}/`)
      ? relative(dir, problem.path)
      : problem.path.replace(/^(?:\.\/)+/, ''))
  return {
    ...problem,
    path,
    suggestions: problem.suggestions.map((suggestion) => ({
      ...suggestion,
      path: suggestion.path.replace(`${dir}/`, ''),
    })),
  }
}

/** Of cargo itself: a manifest that it cannot read, a crate that nobody has, a build script that panics. */
function cargoProblems(outcome: Outcome, assembled: Assembled): Problem[] {
  const { stderr } = outcome
  const lines = stderr.trim().split('\n')
  const panic = /panicked at (?:[^\n]*\/)?build\.rs:(\d+):(\d+):\n\s*([^\n]*)/.exec(stderr)
  const base = { tool: 'cargo' as const, code: null, notes: lines, suggestions: [], detail: lines.slice(-12) }
  if (panic !== null)
    return [
      {
        ...base,
        path: 'build.rs',
        line: Number(panic[1]),
        column: Number(panic[2]),
        message: `the build script panicked: ${panic[3]}`,
      },
    ]
  const placed = /-->\s*(?:[^\n]*\/)?Cargo\.toml:(\d+):(\d+)/.exec(stderr)
  const message =
    lines.find((line) => line.startsWith('error'))?.replace(/^error:?\s*/, '') ??
    `cargo ${describeEnding(endingOf(outcome))}`
  const crate =
    /no matching package named `([^`]+)`|failed to select a version for (?:the requirement )?`([\w-]+)|package `[^`]*` depends on `([\w-]+)`/.exec(
      stderr,
    )
  const name = crate?.[1] ?? crate?.[2] ?? crate?.[3]
  const at =
    name === undefined
      ? -1
      : assembled.files.get('Cargo.toml')!.findIndex(({ text }) => new RegExp(`^\\s*${name}\\s*=`).test(text))
  // Of what is not said of a line, no line is to blame.
  if (placed === null && at < 0) return [{ ...base, path: '', line: 1, column: 1, message }]
  return [
    {
      ...base,
      path: 'Cargo.toml',
      line: placed === null ? at + 1 || 1 : Number(placed[1]),
      column: Number(placed?.[2] ?? 1),
      message,
    },
  ]
}

type Artifact = { name: string; kinds: readonly string[]; executable: string | null }

function artifactsOf({ stdout }: Outcome): Artifact[] {
  return stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{"reason":"compiler-artifact"')) return []
    const { target, executable } = JSON.parse(line)
    return [{ name: target.name, kinds: target.kind, executable }]
  })
}

/** What the compilers' own dep-info says that they have read of the package. */
export async function filesRead(
  bench: Bench,
  assembled: Assembled,
  folder = join(bench.target, 'debug'),
): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const infos = entries
    .filter(({ name }) => name.endsWith('.d'))
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(infos.map((path) => readFile(path, 'utf8').catch(() => '')))
  const dir = await realpath(bench.dir)
  const read = new Set(
    texts
      .flatMap((text) => text.split(/[\s:]+/))
      .map((word) =>
        word
          .replace(/^.*\/cxxbridge\/crate\/[^/]+\//, '')
          .replace(`${dir}/`, '')
          .replace(`${bench.dir}/`, ''),
      ),
  )
  const found = [...assembled.files.keys()].filter((path) => read.has(path))
  return new Set([...found, 'Cargo.toml'])
}

export const good = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0

/** Two at a time: as many as most machines have processors to spare. */
export async function inPairs<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!, at)
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
