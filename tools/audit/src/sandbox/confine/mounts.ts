import { join, relative } from 'node:path'

/** What of the work folder a command may see, as far as it may see any of it. All paths are absolute. */
export type Mounts = {
  /** The only folder that it may write; the audit never writes there, nor reads. */
  writable: string | null
  readable: readonly string[]
}

/**
 * A room is a folder `groups/NAME` for a section, or `seeds/NAME` for crates. In its `input` the audit writes, and a
 * command reads; in its `work` commands write, and the audit does not.
 */
export const inputIn = (room: string): string => join(room, 'input')
export const workIn = (room: string): string => join(room, 'work')

/** The room that a folder lies in, and of what kind it is; `null` for a folder that is in none. */
export function roomOf(folder: string, cwd: string): { kind: 'groups' | 'seeds'; room: string } | null {
  const [kind, name = '', part] = relative(folder, cwd).split('/')
  if ((kind !== 'groups' && kind !== 'seeds') || name === '' || name === '..') return null
  return part === 'work' || part === 'input' ? { kind, room: join(folder, kind, name) } : null
}

/** What a command in `cwd` gets of the audit's folder: its room, and the sealed rooms that it is lent. */
export function mountsOf(folder: string, cwd: string, lent: readonly string[] = []): Mounts {
  const found = roomOf(folder, cwd)
  if (found === null || !isWithin(cwd, workIn(found.room))) return NOWHERE
  return { writable: workIn(found.room), readable: [inputIn(found.room), ...lent] }
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** For a command that needs none of it. */
export const NOWHERE: Mounts = { writable: null, readable: [] }
