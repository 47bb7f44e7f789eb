import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { type Command, succeeded, type Toolchain } from '@cookbook/toolchain'
import { type ProjectCrates, projectCrates } from '../project/project-crates.ts'
import { copyOfFolder } from './folder-copy.ts'

/** What a caller names that the guide's C++ is built with, beside what the guide shows. */
export type Wanted = {
  /** Folders of headers. */
  include: readonly string[]
  /** Libraries, as pkg-config calls them. */
  library: readonly string[]
  /** The checkout of the library whose documents these are. */
  project: string | null
}

/** The same where commands see it. */
export type Given = {
  /** Names what was given, for what is remembered of it. */
  digest: string
  /** The folders that commands may read. */
  reads: readonly string[]
  /** For g++, clang, cargo's build scripts and CMake alike. */
  env: Readonly<Record<string, string>>
  /** What a reader who compiles C++ by hand adds for the libraries. */
  compile: readonly string[]
  link: readonly string[]
  /** The library's own sources, absolute, of which a program takes what it calls. */
  sources: readonly string[]
  crates: ProjectCrates
}

export const NOTHING_GIVEN: Given = {
  ...{ digest: '', reads: [], env: {}, compile: [], link: [], sources: [] },
  crates: new Map(),
}

/** The folders of a checkout that its headers are included from, as far as they are there. */
const HEADERS = ['include', 'single_include', 'src', '.']
/** Where its sources are: in the first of these that is there. */
const SOURCES = ['src', 'source', 'sources', 'lib']
const MOST_SOURCES = 64
const LIMIT_MS = 60_000

/**
 * Makes what a caller names ready for the commands of an audit: folders are copied below `folder`, and libraries are
 * asked of the pkg-config that the commands have. Folders are named from `cwd`. Refuses what is not there, by the option that names it.
 */
export async function give(
  toolchain: Toolchain,
  folder: string,
  { include, library, project }: Wanted,
  cwd = process.cwd(),
): Promise<{ kind: 'given'; given: Given } | { kind: 'refused'; problem: string }> {
  const digests: string[] = []
  const reads: string[] = []
  const folders: string[] = []
  let sources: string[] = []
  let crates: ProjectCrates = new Map()
  const named = [...include.map((path) => ['--include', path] as const)]
  for (const [option, path] of project === null ? named : [...named, ['--project', project] as const]) {
    const taken = await copyOfFolder(folder, resolve(cwd, path))
    if (typeof taken === 'string') return { kind: 'refused', problem: `${option} ${path} ${taken}` }
    digests.push(`${option} ${taken.digest}`)
    reads.push(taken.folder)
    if (option === '--include') folders.push(taken.folder)
    else {
      crates = projectCrates(taken.folder)
      const ofCrates = [...crates.values()].map((crate) => join(crate.folder, 'include'))
      const all = [...HEADERS.map((part) => join(taken.folder, part)), ...ofCrates]
      folders.push(...new Set(all.filter(existsSync)))
      sources = sourcesIn(taken.folder)
    }
  }
  const flags = await flagsOf(toolchain, library)
  if (typeof flags === 'string') return { kind: 'refused', problem: flags }
  const searched = [...folders, ...flags.filter((flag) => flag.startsWith('-I')).map((flag) => flag.slice(2))]
  const libraries = flags.filter((flag) => flag.startsWith('-L')).map((flag) => flag.slice(2))
  const isOfLinker = (flag: string) => /^-(?:l|L|Wl,|pthread$)/.test(flag)
  const env = {
    ...(searched.length > 0 ? { CPATH: searched.join(delimiter) } : {}),
    ...(libraries.length > 0 ? { LIBRARY_PATH: libraries.join(delimiter) } : {}),
  }
  const all = [digests, library, flags]
  const digest =
    digests.length + library.length === 0
      ? ''
      : createHash('sha256').update(JSON.stringify(all)).digest('hex')
  return {
    kind: 'given',
    given: {
      ...{ digest, reads, env, sources, crates },
      compile: flags.filter((flag) => !isOfLinker(flag)),
      link: flags.filter(isOfLinker),
    },
  }
}

/** The flags of libraries, or what is wrong with their names. */
async function flagsOf(toolchain: Toolchain, names: readonly string[]): Promise<string[] | string> {
  const flags: string[] = []
  for (const name of names) {
    if (!/^\w[\w.+-]*$/.test(name)) return `--library ${name} is no name that pkg-config knows`
    const args = ['--cflags', '--libs', name]
    const command: Command = { program: 'pkg-config', args, cwd: '/', timeoutMs: LIMIT_MS }
    const outcome = await toolchain.run(command)
    if (outcome.kind === 'missing') return `--library ${name} needs pkg-config, which is not installed`
    if (!succeeded(outcome, command))
      return `--library ${name}: pkg-config does not know it; install the package of its headers`
    flags.push(
      ...outcome.stdout
        .trim()
        .split(/\s+/)
        .filter((flag) => flag !== ''),
    )
  }
  return flags
}

/** The sources of a library's own code, and not of its tests, examples and programs. */
function sourcesIn(folder: string): string[] {
  const src = SOURCES.map((part) => join(folder, part)).find(existsSync)
  if (src === undefined) return []
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) =>
        /\.(?:cc|cpp|cxx|c)$/.test(path) &&
        !/(?:^|[/_-])(?:main|tests?|examples?|bench\w*)(?:[./_-]|$)/.test(path),
    )
    .sort()
    .slice(0, MOST_SOURCES)
    .map((path) => join(src, path))
}

/** A toolchain whose commands see what was given. */
export function givenTo(toolchain: Toolchain, { digest, reads, env }: Given): Toolchain {
  if (digest === '') return toolchain
  return {
    ...toolchain,
    id: `${toolchain.id}-${digest.slice(0, 16)}`,
    run: (command) =>
      toolchain.run({
        ...command,
        reads: [...(command.reads ?? []), ...reads],
        env: { ...env, ...command.env },
      }),
  }
}

/** Text without the folders of copies, which are nobody's: what a copy holds is called as in the folder itself. */
export function withoutCopies(text: string): string {
  return text.replace(/\/[^\s`'"‘’:]{0,500}?\/given\/[0-9a-f]{16}\//g, '')
}
