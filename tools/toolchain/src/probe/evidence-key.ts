import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key for the jobs of one pipeline; and what a team shares its cache with: who signs artifacts may seal evidence. */
const GIVEN = ['COOKBOOK_EVIDENCE_KEY', 'TURBO_REMOTE_CACHE_SIGNATURE_KEY']
const GIVEN_BYTES = 32
const FOLDER = 'cxx-async-cookbook'

/**
 * The key under which this user's evidence is sealed. It lies outside of every checkout, so that whoever sends one, or
 * an archive of turbo's cache, cannot have it.
 */
export function evidenceKey(env: NodeJS.ProcessEnv = process.env): Buffer {
  const given = GIVEN.map((name) => Buffer.from(env[name] ?? '')).find(({ length }) => length >= GIVEN_BYTES)
  if (given !== undefined) return given
  try {
    // A user without an entry in /etc/passwd has no home, unless HOME names one.
    return keyIn(join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local/state'), FOLDER))
  } catch (error) {
    if (
      !['EACCES', 'EROFS', 'ENOENT', 'EPERM', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    )
      throw error
    return keyIn(join(tmpdir(), `${FOLDER}-${process.getuid!()}`))
  }
}

/** Tells keys apart without telling them: turbo hashes it, so that a key finds no evidence of another. */
export function evidenceKeyId(env: NodeJS.ProcessEnv = process.env): string {
  return createHash('sha256')
    .update('id of an evidence key')
    .update(evidenceKey(env))
    .digest('hex')
    .slice(0, 16)
}

function keyIn(folder: string): Buffer {
  const path = join(folder, 'evidence-key')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  if (uid !== process.getuid!() || (mode & 0o077) !== 0)
    throw new Error(`${folder} is open to other users, expected a folder of mode 700: chmod 700 ${folder}`)
  const draft = join(folder, `${process.pid}.draft`)
  try {
    return readFileSync(path)
  } catch {
    writeFileSync(draft, randomBytes(32), { mode: 0o600 })
    chmodSync(draft, 0o600)
  }
  try {
    // Another run may place its own at the same time: the first one counts.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  rmSync(draft)
  return readFileSync(path)
}
