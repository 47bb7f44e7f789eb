import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Command } from '@cookbook/toolchain'
import type { Limits } from '../confine/limits.ts'
import type { Mounts } from '../confine/mounts.ts'
import { publicParts } from '../crates/registry.ts'

/** The container that one command gets for itself. */
export type Container = {
  name: string
  image: string
  /** `uid:gid`; of nobody when the caller is root. */
  user: string
  /** The caller's cargo registry. */
  registry: string
  mirrors: string
  /** The file that says where cargo has its crates from. */
  configuration: string | null
  /** The file that says which system calls are denied. */
  filter: string
}

const CARGO_HOME = '/cargo'

/** The arguments of `docker` that run a command under docker/supervise.cc, which tells how it ended. */
export function contained(
  { program, args, cwd, env, timeoutMs }: Command,
  { writable, readable }: Mounts,
  { name, image, user, registry, mirrors, configuration, filter }: Container,
  limits: Limits,
  receipt: string,
): string[] {
  const bind = (source: string, target: string, more = '') => [
    '--mount',
    `type=bind,source=${source},target=${target}${more}`,
  ]
  const scratch = (folder: string) => [
    '--tmpfs',
    `${folder}:rw,nosuid,nodev,exec,mode=1777,size=${limits.scratchBytes}`,
  ]
  const rights = [
    '--network',
    'none',
    '--read-only',
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
    '--security-opt',
    `seccomp=${filter}`,
  ]
  const memory = String(limits.memoryBytes)
  const amounts = [
    ...['--memory', memory, '--memory-swap', memory, '--shm-size', String(limits.scratchBytes)],
    ...['--pids-limit', String(limits.processes), '--cpus', String(availableParallelism())],
    // supervise itself forbids core files.
    ...['--ulimit', 'nofile=4096', '--ulimit', `fsize=${limits.fileBytes}`],
  ]
  const view = [
    ...[...scratch('/tmp'), ...scratch(CARGO_HOME)],
    ...publicParts(registry, mirrors).flatMap((part) =>
      bind(join(registry, part), `${CARGO_HOME}/registry/${part}`, ',readonly'),
    ),
    ...(configuration === null ? [] : bind(configuration, `${CARGO_HOME}/config.toml`, ',readonly')),
    ...readable.flatMap((folder) => bind(folder, folder, ',readonly')),
    ...(writable === null ? [] : bind(writable, writable)),
  ]
  const variables = Object.entries({ ...ENVIRONMENT, ...env }).flatMap(([key, value]) => [
    '--env',
    `${key}=${value}`,
  ])
  // What a command prints is not kept by the engine as well: it would fill its disk.
  const client = [
    'run',
    '--interactive',
    '--name',
    name,
    '--user',
    user,
    '--hostname',
    'sandbox',
    '--log-driver',
    'none',
  ]
  const supervised = ['supervise', String(timeoutMs), receipt, cwd, program, ...args]
  return [...client, ...rights, ...amounts, ...view, ...variables, image, ...supervised]
}

const ENVIRONMENT = {
  HOME: '/tmp',
  CARGO_HOME,
  CARGO_NET_OFFLINE: 'true',
  CXX: 'g++',
  LC_ALL: 'C.UTF-8',
  CARGO_TERM_COLOR: 'never',
  RUST_BACKTRACE: '0',
}
