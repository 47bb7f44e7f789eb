import { chmod, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type Command,
  describeExit,
  exitStatusOf,
  type Outcome,
  type Toolchain,
  writeFileAtomic,
} from '@cookbook/toolchain'
import { inputIn, workIn } from '../sandbox/confine/mounts.ts'
import { removeTree } from '../sandbox/confine/on-host.ts'
import { isInside } from '../snippet/path.ts'
import { SEED } from './seed.ts'
import { Spoiled } from './spoiled.ts'

/**
 * Where a section, or a set of crates, is tried. The audit writes only to `input`, which commands cannot; commands
 * write only to `work`, which the audit neither writes, follows nor reads. What comes out comes through a pipe.
 */
export type Room = {
  folder: string
  input: string
  work: string
  /** The package as compilers see it: what was in `input` when the command before it was started. */
  dir: string
}

/** Makes a room that no command has seen. */
export async function openRoom(folder: string, kind: 'groups' | 'seeds'): Promise<Room> {
  await mkdir(join(folder, kind), { recursive: true })
  const own = await mkdtemp(join(await realpath(folder), kind, 'room-'))
  const room = { folder: own, input: inputIn(own), work: workIn(own), dir: join(workIn(own), 'package') }
  for (const part of [room.input, room.work, room.dir]) {
    await mkdir(part)
    // Whatever the caller's umask is: another user reads it.
    await chmod(part, 0o755)
  }
  return room
}

/** Removes it. The processes of its last command were killed, and may take a moment to end. */
export async function closeRoom({ folder }: Room): Promise<void> {
  for (let left = 100; left > 0; left--) {
    const problem = await removeTree(folder).catch(({ message }: Error) => message)
    if (problem === undefined) return
    if (left === 1) throw new Spoiled(problem)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Makes `input` these files, by their path in the package. One that is equal keeps its time, which cargo goes by. */
export async function writeInput(room: Room, files: ReadonlyMap<string, string>): Promise<void> {
  const strange = [...files.keys()].find((path) => !isInside(path))
  if (strange !== undefined) throw new Spoiled(`${strange} leads out of the package`)
  await write(room, files).catch((error: NodeJS.ErrnoException) => {
    // A name that is too long, or a file where another needs a folder.
    if (error.syscall === undefined) throw error
    throw new Spoiled(`the files of this section cannot lie in one folder: ${error.code}`)
  })
}

async function write({ input }: Room, files: ReadonlyMap<string, string>): Promise<void> {
  const there = await readdir(input, { recursive: true, withFileTypes: true })
  const folders = new Set([...files.keys()].flatMap(foldersAbove))
  for (const entry of there) {
    const path = join(entry.parentPath, entry.name).slice(input.length + 1)
    const stays = entry.isDirectory() ? folders.has(path) : files.has(path)
    if (!stays) await rm(join(input, path), { recursive: true, force: true })
  }
  for (const folder of [...folders].sort()) {
    await mkdir(join(input, folder), { recursive: true })
    await chmod(join(input, folder), 0o755)
  }
  for (const [path, text] of files) {
    await writeFileAtomic(join(input, path), text)
    await chmod(join(input, path), 0o644)
  }
}

function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === '.' ? [] : [...foldersAbove(above), above]
}

/** Removes a folder, whatever permissions its programs gave it. */
export const WIPE =
  'wipe() { [ ! -d "$1" ] || find "$1" -type d ! -perm -700 -execdir chmod u+rwx -- {} \\;; rm -rf -- "$1"; }'
const BRING_IN = `${WIPE}
set -e
[ -d package ] && [ ! -L package ] || { echo 'the folder of the package is gone' >&2; exit 1; }
wipe package
cp -RP --preserve=mode,timestamps -- "$1" package
shift
[ $# -eq 0 ] || { ${SEED}
}`

/**
 * A toolchain that brings `input` into the room before a command, whenever `changed` was called. After `lend` its
 * commands may read what is sealed, and find names for crates that are compiled in their target folder.
 */
export function toolchainIn(room: Room, toolchain: Toolchain) {
  let brought: Promise<void> | null = null
  let reads: readonly string[] = []
  let seeding: readonly string[] = []
  const bringIn = async () => {
    const args = ['-c', BRING_IN, 'sh', room.input, ...seeding]
    const command = { program: 'sh', args, cwd: room.work, timeoutMs: LIMIT_MS, reads }
    printed(await toolchain.run(command), 'cannot be renewed')
  }
  const run = async (command: Command) => {
    brought ??= bringIn()
    await brought
    return toolchain.run({ ...command, reads })
  }
  const changed = () => {
    brought = null
  }
  const lend = (sealed: readonly string[], how: readonly string[] = []) => {
    reads = sealed
    seeding = how
  }
  return { toolchain: { ...toolchain, run }, changed, lend }
}

const LIMIT_MS = 60_000

/** What a helper of the audit printed in a room. That it fails says that the room is no longer what it has to be. */
export function printed(outcome: Outcome, what: string): string {
  if (outcome.kind === 'exited' && outcome.code === 0 && !outcome.truncated) return outcome.stdout
  const said = outcome.kind === 'exited' ? outcome.stderr.trim().split('\n').at(-1) : ''
  const why = said || describeExit(exitStatusOf(outcome))
  throw new Spoiled(`the program corrupted its work directory, which ${what}: ${why}`)
}
