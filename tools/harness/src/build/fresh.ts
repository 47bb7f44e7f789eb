import { mkdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseAs } from '@cookbook/evidence/json'
import { type Touches, touchesOf } from '@cookbook/evidence/subject'
import { libraryOf } from '@cookbook/guide/library'
import {
  type BuildProfile,
  type Command,
  type Outcome,
  succeeded,
  targetFolder,
  writeFileAtomic,
} from '@cookbook/toolchain'
import * as v from 'valibot'
import type { Crate } from '../context/crate.ts'
import { run, type Verification } from '../context/verification.ts'

/** The pattern's files as they were before its last build, and when that began and ended; `null` when it did not. */
const SEEN = v.object({
  files: v.record(v.string(), v.object({ touched: v.string(), modifiedMs: v.number() })),
  startedMs: v.number(),
  endedMs: v.nullable(v.number()),
})
type Seen = v.InferOutput<typeof SEEN>
/** By the name of the build profile. */
const STAMP = v.record(v.string(), SEEN)
type Stamp = Readonly<Partial<Record<string, Seen>>>

/**
 * cargo takes a file for unchanged when its time is not newer than the last build, so a file that was replaced by
 * an older one (a restored backup, a stash, a clock that went back) would pass with yesterday's program. Where a
 * file was touched since the last build and bears a time from before its end, the pattern's own artifacts are
 * forgotten, and so they are after a build that was killed. Returns how the cleaning ended when it failed, else
 * `null`. To be called before a build, and `rememberBuild` after it.
 */
export async function forgetStale(
  verification: Verification,
  buildProfile: BuildProfile,
  crates: readonly Crate[],
): Promise<Outcome | null> {
  const { root, dir } = verification
  const target = targetOf(verification, buildProfile)
  const stamp = await readStamp(target)
  const files = touchesOf(dir)
  if (isStale(stamp[buildProfile.name], files, await stampTime(target))) {
    // `cargo clean` takes no features, and what has a folder of its own is found without.
    const where = buildProfile.apart ? [] : buildProfile.args
    const library = libraryOf(root, dir).map((folder) => basename(folder))
    const names = [...crates.map(({ name }) => name), ...library]
    const packages = names.flatMap((name) => ['--package', name])
    const clean: Command = {
      program: 'cargo',
      args: ['clean', '--locked', ...packages, '--target-dir', target, ...where],
      cwd: dir,
      env: buildProfile.env,
      timeoutMs: 60_000,
    }
    const cleaned = await run(verification, clean)
    if (!succeeded(cleaned, clean)) return cleaned
  }
  await mkdir(target, { recursive: true })
  await writeStamp(target, { ...stamp, [buildProfile.name]: { files, startedMs: Date.now(), endedMs: null } })
  return null
}

/** Notes that the build before which `forgetStale` looked has ended, well or not. */
export async function rememberBuild(verification: Verification, buildProfile: BuildProfile): Promise<void> {
  const target = targetOf(verification, buildProfile)
  const stamp = await readStamp(target)
  const seen = stamp[buildProfile.name]
  const endedMs = Date.now()
  // A clock that went back meanwhile: what it built may bear any time, so it counts as not ended.
  if (seen === undefined || endedMs < seen.startedMs) return
  await writeStamp(target, { ...stamp, [buildProfile.name]: { ...seen, endedMs } })
}

function isStale(before: Seen | undefined, now: Touches, stampMs: number): boolean {
  if (before === undefined || before.endedMs === null) return true
  const { files } = before
  // The clock that gives files their time need not be this machine's.
  const endedMs = Math.max(before.endedMs, stampMs)
  const older = Object.entries(now).some(
    ([path, { touched, modifiedMs }]) => files[path]?.touched !== touched && modifiedMs <= endedMs,
  )
  // A file that went may leave an object or a dependency behind that a build script does not look for.
  return older || Object.keys(files).some((path) => !(path in now))
}

const targetOf = ({ root, toolchain, pkg }: Verification, buildProfile: BuildProfile) =>
  targetFolder(root, toolchain, pkg.slug, buildProfile)
const stampIn = (target: string) => join(target, 'seen.json')

/** When the stamp was written, by the clock of the file system. */
async function stampTime(target: string): Promise<number> {
  return (await stat(stampIn(target)).catch(() => null))?.mtimeMs ?? 0
}

async function readStamp(target: string): Promise<Stamp> {
  return parseAs(STAMP, await readFile(stampIn(target), 'utf8').catch(() => '')) ?? {}
}

function writeStamp(target: string, stamp: Stamp): Promise<void> {
  return writeFileAtomic(stampIn(target), JSON.stringify(stamp))
}
