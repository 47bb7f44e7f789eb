import { createHash } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, ended, type Outcome, place } from '@cookbook/toolchain'
import { filesBelow } from './digest.ts'
import { run, type Verification } from './verification.ts'

type Seen = Record<string, { content: string; modifiedMs: number }>

/**
 * cargo takes a file for unchanged when its time is not newer than the last build, so a file that was replaced by
 * an older one (a restored backup, a clock that went back) would pass with yesterday's program. Where the content
 * changed and the time did not advance, the pattern's own artifacts are forgotten. Returns how the cleaning ended
 * when it failed, else `null`.
 */
export async function forgetStale(verification: Verification): Promise<Outcome | null> {
  const { dir, pkg, target } = verification
  const stamp = join(target, 'seen.json')
  const before = parse(await readFile(stamp, 'utf8').catch(() => 'null'))
  const now = await look(dir)
  const stale =
    before === null ||
    Object.entries(now).some(([path, file]) => isStale(before[path], file)) ||
    isShorter(before, now)
  if (stale) {
    const clean: Command = {
      program: 'cargo',
      args: ['clean', '--locked', '--package', pkg.slug, '--target-dir', target],
      cwd: dir,
      timeoutMs: 60_000,
    }
    const cleaned = await run(verification, clean)
    if (!ended(cleaned, clean)) return cleaned
  }
  await mkdir(target, { recursive: true })
  await place(stamp, JSON.stringify(now))
  return null
}

function isStale(before: Seen[string] | undefined, now: Seen[string]): boolean {
  return before !== undefined && before.content !== now.content && now.modifiedMs <= before.modifiedMs
}

/** A file that went may leave an object or a dependency behind that a build script does not look for. */
function isShorter(before: Seen, now: Seen): boolean {
  return Object.keys(before).some((path) => !(path in now))
}

async function look(dir: string): Promise<Seen> {
  const entries = filesBelow(dir).map(async (path) => {
    const [content, { mtimeMs }] = await Promise.all([readFile(join(dir, path)), stat(join(dir, path))])
    return [
      path,
      { content: createHash('sha256').update(content).digest('hex'), modifiedMs: mtimeMs },
    ] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function parse(text: string): Seen | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
