import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findGuide } from '@cookbook/toolchain/find-guide'

/** Where the tools and what they read at run time lie: their repository, or the installed package. */
export const HOME = join(import.meta.dirname, '../../..')

const isRepository = existsSync(join(HOME, 'turbo.json'))

/** The guide that a command is about: the tools' own repository, else the nearest guide at or above `cwd`, or `null`. */
export const guideAt = (cwd: string): string | null => (isRepository ? HOME : findGuide(cwd))

/**
 * The folder below which an audit keeps what it built, so that the next one need not: below the tools' own repository,
 * else where the user's caches lie.
 */
export function auditFolder({ XDG_CACHE_HOME: caches }: NodeJS.ProcessEnv): string {
  return isRepository ? HOME : join(caches || join(homedir(), '.cache'), 'cxx-async-cookbook')
}
