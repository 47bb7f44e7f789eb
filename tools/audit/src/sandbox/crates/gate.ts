import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, type Outcome, succeeded, type Toolchain } from '@cookbook/toolchain'
import { notTaken } from '../../project/cargo-manifest.ts'
import { lockProblem } from '../../project/lock.ts'
import { type DisallowedCrate, disallowedCrates } from './disallowed.ts'

/** Refuses what a manifest asks for, when it names crates that are not allowed. `null` lets it pass. */
export async function refusal(input: string, allowed: ReadonlySet<string>): Promise<Outcome | null> {
  const found = disallowedCrates(await readFile(join(input, 'Cargo.toml'), 'utf8'), allowed)
  if (found === null) return failed(unreadable)
  const [first] = found
  return first === undefined ? null : failed(refused(first))
}

/**
 * Fetches what the manifest in `input` names, with the network, in a folder that is made for it: no build script runs,
 * and no configuration is found but the machine's own, and `mirrors`, which a container has not. The resolved lock is
 * brought back.
 */
export async function fetchSeparately(
  outside: Toolchain,
  folder: string,
  command: Command,
  mirrors = '',
): Promise<Outcome> {
  await mkdir(folder, { recursive: true })
  const own = await mkdtemp(join(folder, 'fetch-'))
  try {
    for (const name of ['src', '.cargo']) await mkdir(join(own, name))
    await writeFile(join(own, 'src/lib.rs'), '')
    await writeFile(join(own, '.cargo/config.toml'), mirrors)
    for (const name of ['Cargo.toml', 'Cargo.lock'])
      await writeFile(join(own, name), await readFile(join(command.cwd, name), 'utf8'))
    const outcome = await outside.run({ ...command, cwd: own })
    if (!succeeded(outcome, command)) return outcome
    const lock = await readFile(join(own, 'Cargo.lock'), 'utf8')
    const problem = lockProblem(lock)
    if (problem !== null) return failed(`error: ${problem}\n`)
    await writeFile(join(command.cwd, 'Cargo.lock'), lock)
    return outcome
  } finally {
    await rm(own, { recursive: true })
  }
}

function failed(stderr: string): Outcome {
  return { kind: 'exited', code: 101, stdout: '', stderr, truncated: false, durationMs: 0 }
}

/** In cargo's own form, so that it is told at the line of the manifest that names the crate. */
function refused({ name, from }: DisallowedCrate): string {
  return from === 'elsewhere'
    ? `error: ${notTaken(name)}\n`
    : `error: no matching package named \`${name}\` is among the crates that may be fetched; to allow it: --allow-crate ${name}\n`
}

const unreadable = 'error: a manifest that cannot be read is not fetched for\n'
