import { dirname, isAbsolute, join, relative } from 'node:path'
import type { Toolchain } from '@cookbook/toolchain'
import { type Crates, cratesFor, type Workshop } from '../crates/crates.ts'
import { printed, type Room, writeInput } from '../crates/room.ts'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Given, withoutCopies } from '../given/given.ts'
import { render, unclear } from '../project/manifest-text.ts'
import { type Project, textOf } from '../project/project.ts'
import { isMember, type Local, localTo, outerManifest, understandMember } from '../project/workspace.ts'
import { baseOf } from '../snippet/path.ts'

/** Where one project is written and built. */
export type Bench = {
  /** Where crates are built. */
  workshop: Workshop
  /** What brings the package's files into the room before a command. */
  toolchain: Toolchain
  isolated: boolean
  room: Room
  /** To be called when what lies in the room's `input` is another, and with what commands may read. */
  changed: () => void
  lend: (sealed: readonly string[], seeding?: readonly string[]) => void
  /** The Cargo.lock of the crates that are at hand. */
  lockAtHand: string | null
  /** The package's folder as compilers see it, and the target folder of its own. */
  dir: string
  target: string
  /** Where sections share what they build, this is shared as well. */
  sanitizedTarget: string
  /** Whether programs are run under sanitizers as well. */
  sanitize: boolean
  given: Given
}

/** Writes the package as it now stands, for the next command to find: a manifest only as far as it was understood. */
export async function writePackage(bench: Bench, project: Project, lock?: string): Promise<void> {
  const local = localTo(project)
  const texts = new Map(
    [...project.files].flatMap(([path, lines]) => textFor(path, textOf(lines), bench.isolated, local)),
  )
  const kept = lock ?? bench.lockAtHand
  if (kept !== null) texts.set('Cargo.lock', kept)
  bench.lockAtHand = kept
  await writeInput(bench.room, texts)
  bench.changed()
}

/** The crates that a project is built with; `manifest` stands for its own. */
export async function cratesOf(
  { workshop, isolated }: Bench,
  project: Project,
  manifest = project.files.get('Cargo.toml')!,
): Promise<Crates> {
  const files = new Map([...project.files, ['Cargo.toml', manifest] as const])
  const outer = outerManifest({ ...project, files }, isolated)
  if (outer.kind === 'read') return cratesFor(workshop, outer.lines, wantsTests(project))
  const problems = unclear(outer.unclear, files.get(outer.path)!)
  return { kind: 'unclear', problems: problems.map((problem) => ({ ...problem, path: outer.path })) }
}

function textFor(path: string, text: string, isolated: boolean, local: Local): [string, string][] {
  if (baseOf(path) !== 'Cargo.toml') return [[path, text]]
  const read = understandMember(path, text, isolated, local)
  return read.kind === 'understood' ? [[path, render(read.manifest, isMember(path))]] : []
}

/** Whether a path that a tool wrote is of the package: it runs in the package's folder. */
export function isOwn({ dir }: Bench): (path: string) => boolean {
  return (path) => {
    if (path.includes('/cxxbridge/crate/')) return true
    return isAbsolute(path) ? path.startsWith(`${dir}/`) : !path.startsWith('..') && !path.startsWith('<')
  }
}

/** A tool's words without the folders of the audit's own, which are others each time. */
export function withoutOwnFolders(
  { dir, room, target }: Pick<Bench, 'dir' | 'room' | 'target'>,
  text: string,
): string {
  // Of crates that were built elsewhere: their own build scripts' folders.
  const bare = withoutCopies(text.replace(SEED_FOLDER, '$$OUT_DIR/'))
  if (!bare.includes(room.folder)) return bare
  const work = dirname(dir)
  return bare
    .replaceAll(`${dir}/`, '')
    .replace(new RegExp(`${literally(target)}/[^\\s\`'"‘’]*?/out/`, 'g'), '$OUT_DIR/')
    .replaceAll(`${join(work, 'apart')}/cxxbridge/crate/`, '')
    .replaceAll(`${join(work, 'apart')}/`, '$OUT_DIR/')
    .replaceAll(`${work}/`, '')
    .replaceAll(dir, '.')
    .replaceAll(room.folder, '.')
}

const SEED_FOLDER = /\/[^\s`'"‘’]{0,500}?\/seeds\/room-\w+\/work\/\w+\/debug\/build\/[\w-]+\/out\//g

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A path that a tool wrote, from the package's folder where it lies in it. */
export function pathWithin({ dir }: Bench, path: string): string {
  const linked = /\/cxxbridge\/crate\/[^/]+\/(.*)$/.exec(path)?.[1]
  return linked ?? (path.startsWith(`${dir}/`) ? relative(dir, path) : path.replace(/^(?:\.\/)+/, ''))
}

export function withinPackage(bench: Bench, problem: ProjectDiagnostic): ProjectDiagnostic {
  const { dir } = bench
  const bare = (text: string) => withoutOwnFolders(bench, text)
  return {
    ...problem,
    path: pathWithin(bench, problem.path),
    message: bare(problem.message),
    detail: problem.detail.map(bare),
    notes: problem.notes.map(bare),
    suggestions: problem.suggestions.map((suggestion) => ({
      ...suggestion,
      path: suggestion.path.replace(`${dir}/`, ''),
    })),
  }
}

/** What the compilers' own dep-info, in these folders and files, says that they have read of the package. */
export async function filesRead(
  bench: Bench,
  project: Project,
  places: readonly string[] = [join(bench.target, 'debug')],
): Promise<Set<string>> {
  const text = places.length === 0 ? '' : await listed(bench, places)
  const files = new Set(project.files.keys())
  // A build script names what it compiles from its own package's folder.
  const folders = ['', ...[...localTo(project).folders].map((folder) => `${folder}/`)]
  const found = new Set(['Cargo.toml'])
  for (const [word] of text.matchAll(/[^\s:]+/g)) {
    const path = word.replace(/^.*\/cxxbridge\/crate\/[^/]+\//, '').replace(`${bench.dir}/`, '')
    const named = folders.map((folder) => `${folder}${path}`).filter((whole) => files.has(whole))
    if (named.length === 1 || named[0] === path) found.add(named[0]!)
  }
  return found
}

async function listed(bench: Bench, places: readonly string[]): Promise<string> {
  const args = ['-c', LISTING, 'sh', ...places]
  const what = { cwd: bench.dir, timeoutMs: LISTING_MS, keepBytes: LISTING_BYTES }
  return printed(await bench.toolchain.run({ program: 'sh', args, ...what }), 'cannot be listed')
}

/** What is lent of the crates are links, and no compiler writes 4 MiB of names. */
const LISTING = `
long=$(find -P "$@" -type f -name '*.d' -size +8191 -print -quit) || exit
[ -z "$long" ] || { echo "$long is too long for a list of files" >&2; exit 1; }
find -P "$@" -type f -name '*.d' -exec cat {} +`
const LISTING_MS = 60_000
/** Of all that an honest package's compilers write, many times over. */
const LISTING_BYTES = 8 * 1024 * 1024

/** Whether a package has tests or examples, which `cargo build` alone does not build. */
export function wantsTests({ files }: Project): boolean {
  return [...files].some(
    ([path, lines]) =>
      /^(?:tests|examples)\//.test(path) ||
      // The tests of a package are no concern of its documentation's.
      lines.some(
        ({ text, snippet }) =>
          snippet?.role !== 'library' && /#\[(?:cfg\(test\)|(?:\w+::)*test\b)/.test(text),
      ),
  )
}
