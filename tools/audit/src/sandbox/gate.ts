import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Command, ended, type Outcome, place, type Toolchain } from '@cookbook/toolchain'
import { strangers } from './strangers.ts'
import { refused, unreadable } from './words.ts'

/**
 * Refuses a command of cargo in a folder whose manifest names crates that are not allowed. `null` lets it pass. Only
 * the manifests that stand for a guide's dependencies are asked: what a guide's own package names beyond them is not
 * fetched, and cargo has no network to look for it.
 */
export async function refusal(command: Command, allowed: ReadonlySet<string>): Promise<Outcome | null> {
  if (command.program !== 'cargo') return null
  const manifest = await readFile(join(command.cwd, 'Cargo.toml'), 'utf8').catch(() => '')
  const found = strangers(manifest, allowed)
  if (found === null) return command.network ? failed(unreadable) : null
  const [first] = found
  return first === undefined ? null : failed(refused(first))
}

/**
 * Fetches what a manifest names, with the network, in a folder that no foreign command ever writes: no build script
 * runs, and no configuration is found but the machine's own, and `mirrors`, which a container has not. The resolved lock is brought back.
 */
export async function fetchAside(
  outside: Toolchain,
  aside: string,
  command: Command,
  mirrors = '',
): Promise<Outcome> {
  const folder = join(aside, basename(command.cwd))
  await mkdir(join(folder, 'src'), { recursive: true })
  await place(join(folder, 'src/lib.rs'), '')
  await place(join(folder, '.cargo/config.toml'), mirrors)
  for (const name of ['Cargo.toml', 'Cargo.lock'])
    await place(join(folder, name), await readFile(join(command.cwd, name), 'utf8'))
  const outcome = await outside.run({ ...command, cwd: folder })
  if (ended(outcome, command))
    await place(join(command.cwd, 'Cargo.lock'), await readFile(join(folder, 'Cargo.lock'), 'utf8'))
  return outcome
}

function failed(stderr: string): Outcome {
  return { kind: 'exited', code: 101, stdout: '', stderr, truncated: false, durationMs: 0 }
}
