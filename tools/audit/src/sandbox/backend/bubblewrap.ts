import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { Command, Outcome } from '@cookbook/toolchain'
import type { Limits } from '../confine/limits.ts'
import type { Mounts } from '../confine/mounts.ts'
import { publicParts } from '../crates/registry.ts'

/** What of this machine a command sees beside its territory, all of it read-only. */
export type HostView = {
  /** Folders and files; one that is not there is left out. */
  system: readonly string[]
  registry: string
  /** What says where crates come from besides crates.io, for cargo to read. */
  mirrors: string
  /** Within the sandbox: a folder of its own with nothing but the registry in it. */
  cargoHome: string
  /** The file that says where cargo has its crates from. */
  configuration: string | null
  path: string
  cxx: string
  /** Whom the command runs as, when the caller is root: a user that nothing belongs to. */
  user: number | null
  /** What of /proc would tell of the caller's keys. */
  masked: readonly string[]
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']
/** What programs need of /etc to start; nothing that names a user or a service. */
const SETTINGS = ['/etc/alternatives', '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d']
/** Nothing of a machine belongs to it; distributions leave its range free for what is short-lived. */
export const NOBODYS = 64_046
/** Where bwrap reads the filter of system calls. */
export const FILTER_FD = 9

export function hostViewFor(sysroot: string, cargoHome: string, cxx: string): HostView {
  const known = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => /^\/(?:usr|bin|sbin)\b/.test(folder))
  return {
    system: [...SYSTEM, ...SETTINGS, ...(sysroot.startsWith('/usr/') ? [] : [sysroot])],
    registry: `${cargoHome}/registry`,
    mirrors: '',
    cargoHome,
    configuration: null,
    path: [...new Set([`${sysroot}/bin`, ...known])].join(delimiter),
    cxx,
    user: process.getuid!() === 0 ? NOBODYS : null,
    masked: ['/proc/keys', '/proc/key-users'].filter(existsSync),
  }
}

/**
 * The command line that runs a command in namespaces of its own: no network, no process but its own, nothing to
 * write but its territory, no right to make further namespaces.
 */
export function confined(command: Command, mounts: Mounts, hostView: HostView, limits: Limits): string[] {
  const { user } = hostView
  const spaces = ['ipc', 'pid', 'net', 'uts'].map((space) => `--unshare-${space}`)
  const life = ['--unshare-cgroup-try', '--die-with-parent', '--new-session', '--hostname', 'sandbox']
  const own = ['--unshare-user', '--disable-userns', '--seccomp', String(FILTER_FD)]
  const view = [...viewOf(mounts, hostView, limits), '--chdir', command.cwd]
  const rlimits = [
    `--nproc=${limits.processes}`,
    `--fsize=${limits.fileBytes}`,
    '--core=0',
    '--nofile=4096',
    '--memlock=0',
  ]
  const inside = ['prlimit', ...rlimits, '--', command.program, ...command.args]
  if (user === null) return ['bwrap', ...spaces, ...life, ...own, ...view, '--', ...inside]
  // Root builds the view, because its own folders are closed to others; then it becomes another, whose processes
  // the kernel counts in a user namespace of their own. Of root itself it would count none.
  const become = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs']
  const bare = ['--bounding-set=-all', '--inh-caps=-all']
  const again = ['bwrap', ...own, '--die-with-parent', '--dev-bind', '/', '/', '--chdir', command.cwd, '--']
  return ['bwrap', ...spaces, ...life, ...view, '--', ...become, ...bare, ...again, ...inside]
}

function viewOf(
  { writable, readable }: Mounts,
  { system, registry, mirrors, cargoHome, configuration, masked }: HostView,
  { scratchBytes }: Limits,
): string[] {
  const scratch = (folder: string) => ['--size', String(scratchBytes), '--perms', '1777', '--tmpfs', folder]
  const bind = (option: string, paths: readonly string[]) => paths.flatMap((path) => [option, path, path])
  // What bwrap itself makes on the way to a place is closed to all but who made it.
  const open = (folders: readonly string[]) =>
    folders.flatMap((folder) => ['--perms', '0755', '--dir', folder])
  const parts = publicParts(registry, mirrors).map((part) => join(registry, part))
  const places = [...system, cargoHome, ...readable, ...(writable === null ? [] : [writable])]
  return [
    ...['--proc', '/proc', ...masked.flatMap((path) => ['--ro-bind', '/dev/null', path])],
    ...['--dev', '/dev', '--remount-ro', '/dev'],
    ...[...scratch('/dev/shm'), ...scratch('/tmp')],
    ...open(above(places)),
    ...bind('--ro-bind-try', system),
    ...scratch(cargoHome),
    ...scratch(registry),
    ...open(parts.map(dirname)),
    ...bind('--ro-bind', parts),
    ...['--remount-ro', registry],
    ...(configuration === null ? [] : ['--ro-bind', configuration, `${cargoHome}/config.toml`]),
    ...bind('--ro-bind', readable),
    ...(writable === null ? [] : ['--bind', writable, writable]),
    ...['--remount-ro', '/'],
  ]
}

/** The folders that places lie in, outer ones first. */
function above(places: readonly string[]): string[] {
  const folders = places.flatMap((place) => {
    const parts = place.split('/').slice(1, -1)
    return parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)
  })
  return [...new Set(folders)].filter((folder) => folder !== '/tmp')
}

/** What a confined command is given of the environment: nothing of the caller's. */
export function environmentIn({ path, cargoHome, cxx }: HostView): Record<string, string> {
  return {
    PATH: path,
    HOME: '/tmp',
    CARGO_HOME: cargoHome,
    CARGO_NET_OFFLINE: 'true',
    CXX: cxx,
    LC_ALL: 'C.UTF-8',
    CARGO_TERM_COLOR: 'never',
    RUST_BACKTRACE: '0',
  }
}

/** bwrap tells of a signal as a shell does; and of a program that is not there as prlimit does. */
export function untold(outcome: Outcome, program: string): Outcome {
  if (outcome.kind !== 'exited') return outcome
  const { code, ...rest } = outcome
  if (code === 127 && /^prlimit: failed to execute/m.test(outcome.stderr))
    return { ...rest, kind: 'missing', program }
  const [signal] = Object.entries(constants.signals).find(([, number]) => number === code - 128) ?? []
  return signal === undefined ? outcome : { ...rest, kind: 'signaled', signal: signal as NodeJS.Signals }
}
