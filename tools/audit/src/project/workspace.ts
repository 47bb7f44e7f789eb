import { posix } from 'node:path'
import { isInside } from '../snippet/path.ts'
import { type Manifest, type Unclear, understand } from './cargo-manifest.ts'
import { dependencies } from './manifest.ts'
import { KINDS, type Table, tableOf } from './manifest-shape.ts'
import { render } from './manifest-text.ts'
import { added, type Line, type Project, textOf } from './project.ts'
import { crateOf, ofRegistry, type ProjectCrates, withDependencies } from './project-crates.ts'

/** Several packages of one page, each in a folder of its own, as cargo builds them together. */

export const isWorkspace = ({ files }: Pick<Project, 'files'>): boolean => [...files.keys()].some(isMember)

/** Whether cargo alone can build a project, because it is of several packages or takes a crate of the caller's checkout. */
export const needsCargo = (project: Project): boolean =>
  isWorkspace(project) ||
  [false, true].some((build) =>
    dependencies(project.files.get('Cargo.toml') ?? [], build).some(
      (name) => crateOf(project.crates, name) !== undefined,
    ),
  )

export const isMember = (path: string): boolean => path.endsWith('/Cargo.toml')

/** The manifest above the packages: what the page shows of it, or one that names them. */
export function rootOf(files: ReadonlyMap<string, readonly Line[]>, shown: readonly Line[]): Line[] {
  if (shown.some(({ text }) => /^\s*\[(?:workspace|package)\b/.test(text))) return [...shown]
  const members = [...files.keys()].filter(isMember).map((path) => `"${posix.dirname(path)}"`)
  return ['[workspace]', `members = [${members.join(', ')}]`, 'resolver = "2"'].map(added)
}

type Read = { kind: 'understood'; manifest: Manifest } | Unclear

/** The packages that a dependency may be on besides those of the registry: folders of the page, and crates of a checkout. */
export type Local = { folders: ReadonlySet<string>; crates: ProjectCrates }

export const localTo = ({ files, crates }: Pick<Project, 'files' | 'crates'>): Local => ({
  folders: new Set([...files.keys()].filter(isMember).map((path) => posix.dirname(path))),
  crates,
})

/**
 * Reads the manifest of a package at `path`. A dependency on a folder is taken only where that is one of the page's own,
 * and what lies there is what the audit wrote; one on a crate of the caller's checkout is on that, wherever the page
 * has it from.
 */
export function understandMember(path: string, text: string, strict: boolean, local: Local): Read {
  const whole = understand(text, false)
  if (whole.kind === 'unclear') return whole
  const root: Table = { ...whole.manifest }
  const taken: { kind: string; name: string; value: unknown }[] = []
  for (const kind of KINDS) {
    const table = { ...tableOf(root[kind]) }
    for (const [name, value] of Object.entries(table)) {
      const folder = folderOf(path, name, value, local)
      if (folder === null) continue
      const { path: _, version = '*', ...rest } = typeof value === 'string' ? {} : tableOf(value)
      taken.push({ kind, name, value: { ...rest, path: folder } })
      table[name] = { ...rest, version }
    }
    if (kind in root) root[kind] = table
  }
  const { members: listed, ...workspace } = tableOf(root.workspace)
  const own =
    strict && Array.isArray(listed) && listed.every((one) => typeof one === 'string' && isInside(one))
  if (own) root.workspace = workspace
  const read = understand(render(root, true), strict)
  if (read.kind === 'unclear') return read
  const manifest: Table = { ...read.manifest }
  for (const { kind, name, value } of taken) manifest[kind] = { ...tableOf(manifest[kind]), [name]: value }
  if (own) manifest.workspace = { ...tableOf(manifest.workspace), members: listed }
  return { kind: 'understood', manifest }
}

function folderOf(path: string, name: string, wanted: unknown, { folders, crates }: Local): string | null {
  const crate = crateOf(crates, name, wanted)
  if (crate !== undefined) return crate.folder
  const folder = tableOf(wanted).path
  if (typeof folder !== 'string') return null
  const target = posix.join(posix.dirname(path), folder)
  return isInside(target) && folders.has(target) ? folder : null
}

/**
 * The manifest whose crates a project is built with: its own, or what all packages of a page and of the checkout take of
 * the registry. Else the first that is not understood, and its file.
 */
export function outerManifest(
  project: Project,
  strict: boolean,
): { kind: 'read'; lines: readonly Line[] } | { kind: 'unclear'; path: string; unclear: Unclear } {
  if (!isWorkspace(project) && project.crates.size === 0)
    return { kind: 'read', lines: project.files.get('Cargo.toml')! }
  const local = localTo(project)
  let all: Table = { package: { name: 'workspace', version: '0.0.0', edition: '2021' } }
  for (const [path, lines] of project.files) {
    if (path !== 'Cargo.toml' && !isMember(path)) continue
    const read = understandMember(path, textOf(lines), strict, local)
    if (read.kind === 'unclear') return { kind: 'unclear', path, unclear: read }
    all = withDependencies(all, ofRegistry(read.manifest, local.crates))
  }
  return { kind: 'read', lines: render(all).split('\n').map(added) }
}
