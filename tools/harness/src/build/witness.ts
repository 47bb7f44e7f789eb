import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Command, type Outcome, succeeded } from '@cookbook/toolchain'
import { run, type Verification } from '../context/verification.ts'
import type { Wrap } from '../context/wrap.ts'

/** How a test program ended. Nothing of it rests on what the program printed. */
export type Witnessed = {
  outcome: Outcome
  /** Whether its own `main` returned 0, so that nothing ended the process before libtest was done. */
  returned: boolean
  /** What libtest itself wrote of each test: `ok`, `failed` or `ignored`. */
  results: ReadonlyMap<string, string>
}

const SOURCE = join(import.meta.dirname, 'witness.c')
const LIMIT_MS = 60_000
/** What our own options and library make other programs print, such as a child that runs in another folder. */
const OWN_LINES = /^warning: `--logfile` is deprecated\n?|^ERROR: ld\.so: object '[^']*\/witness\/.*\n?/gm

/**
 * Runs a program that libtest is in. The tested code shares its process with libtest, and can print what that prints
 * and exit with its code; so the results come by a file that libtest opens, and a library that is loaded before the
 * program reports that `main` returned.
 */
export async function runWitnessed(
  verification: Verification,
  executable: string,
  args: readonly string[],
  { program: wrapped, env }: Pick<Wrap, 'program' | 'env'>,
  timeoutMs: number,
): Promise<Witnessed> {
  const library = await witnessLibrary(verification)
  const folder = await mkdtemp(join(library.folder, 'run-'))
  const [word, log] = [join(folder, 'word'), join(folder, 'log')]
  const nonce = randomBytes(16).toString('hex')
  await writeFile(word, nonce)
  const [program, ...before] = [...wrapped, executable]
  const command: Command = {
    program: program!,
    args: [...before, ...args, '--logfile', log],
    cwd: verification.dir,
    env: {
      // The library is loaded before the runtime of a sanitizer, where there is one.
      ASAN_OPTIONS: 'verify_asan_link_order=0',
      ...env,
      // Relative, because a space would end the name.
      LD_PRELOAD: library.preload,
      COOKBOOK_WITNESS: word,
      COOKBOOK_WITNESS_LIBRARY: library.preload,
      COOKBOOK_WITNESS_PROGRAM: await realpath(executable).catch(() => executable),
    },
    timeoutMs,
  }
  const outcome = await run(verification, command)
  const said = await readFile(word, 'utf8').catch(() => '')
  const logged = await readFile(log, 'utf8').catch(() => '')
  await rm(folder, { recursive: true, force: true })
  return {
    outcome: { ...outcome, stderr: outcome.stderr.replaceAll(OWN_LINES, '') },
    returned: succeeded(outcome, command) && said === nonce + nonce,
    results: new Map([...logged.matchAll(/^(\w+) (.+)$/gm)].map(([, result, name]) => [name!, result!])),
  }
}

type Library = { folder: string; preload: string }
const libraries = new Map<string, Promise<Library>>()

function witnessLibrary(verification: Verification): Promise<Library> {
  const known = libraries.get(verification.target) ?? compileLibrary(verification)
  libraries.set(verification.target, known)
  return known
}

/** Compiles the library with the toolchain's C compiler, once for each text of it. */
async function compileLibrary({ dir, target, toolchain }: Verification): Promise<Library> {
  const folder = join(target, 'witness')
  const hash = createHash('sha256')
    .update(await readFile(SOURCE))
    .digest('hex')
    .slice(0, 16)
  const library = join(folder, `${hash}.so`)
  const preload = relative(dir, library)
  if ((await stat(library).catch(() => null)) !== null) return { folder, preload }
  await mkdir(folder, { recursive: true })
  const draft = `${library}.${process.pid}.draft`
  // The linker's own driver: what counts coverage stands before the C++ compiler.
  const { program } = toolchain.tools.find(({ name }) => name === 'cc')!
  const args = ['-O1', '-shared', '-fPIC', '-o', draft, SOURCE]
  const command: Command = { program, args, cwd: folder, timeoutMs: LIMIT_MS }
  const outcome = await toolchain.run(command)
  if (!succeeded(outcome, command)) throw new Error(`${SOURCE} does not compile: ${outcome.stderr}`)
  await rename(draft, library)
  return { folder, preload }
}
