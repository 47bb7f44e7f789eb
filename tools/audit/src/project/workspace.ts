import { posix } from 'node:path'
import { isInside } from '../snippet/path.ts'
import { type Manifest, type Unclear, understand } from './cargo-manifest.ts'
import { type Table, tableOf } from './manifest-shape.ts'
import { render } from './manifest-text.ts'
import { added, type Line, type Project, textOf } from './project.ts'

/** Several packages of one page, each in a folder of its own, as cargo builds them together. */

const KINDS = ['dependencies', 'dev-dependencies', 'build-dependencies'] as const

export const isWorkspace = ({ files }: Pick<Project, 'files'>): boolean => [...files.keys()].some(isMember)

export const isMember = (path: string): boolean => path.endsWith('/Cargo.toml')

/** The manifest above the packages: what the page shows of it, or one that names them. */
export function rootOf(files: ReadonlyMap<string, readonly Line[]>, shown: readonly Line[]): Line[] {
  if (shown.some(({ text }) => /^\s*\[(?:workspace|package)\b/.test(text))) return [...shown]
  const members = [...files.keys()].filter(isMember).map((path) => `"${posix.dirname(path)}"`)
  return ['[workspace]', `members = [${members.join(', ')}]`, 'resolver = "2"'].map(added)
}

type Read = { kind: 'understood'; manifest: Manifest; local: Local } | Unclear
/** The dependencies that are folders of the page, by table and name. */
type Local = readonly { kind: string; name: string; value: unknown }[]

/**
 * Reads the manifest of a package at `path`. A dependency on a folder is taken only where that is one of the page's own;
 * what lies there is what the audit wrote.
 */
export function understandMember(
  path: string,
  text: string,
  strict: boolean,
  members: ReadonlySet<string>,
): Read {
  const whole = understand(text, false)
  if (whole.kind === 'unclear' || !strict) return whole.kind === 'unclear' ? whole : { ...whole, local: [] }
  const root: Table = { ...whole.manifest }
  const local: { kind: string; name: string; value: unknown }[] = []
  for (const kind of KINDS) {
    const table = { ...tableOf(root[kind]) }
    for (const [name, value] of Object.entries(table)) {
      const folder = tableOf(value).path
      if (typeof folder !== 'string') continue
      const target = posix.join(posix.dirname(path), folder)
      if (!isInside(target) || !members.has(target)) continue
      const { path: _, ...rest } = tableOf(value)
      local.push({ kind, name, value: { ...rest, path: folder } })
      table[name] = { ...rest, version: rest.version ?? '*' }
    }
    if (kind in root) root[kind] = table
  }
  const { members: listed, ...workspace } = tableOf(root.workspace)
  const own = Array.isArray(listed) && listed.every((one) => typeof one === 'string' && isInside(one))
  if (own) root.workspace = workspace
  const read = understand(render(root, true), true)
  if (read.kind === 'unclear') return read
  const manifest: Table = { ...read.manifest }
  for (const { kind, name, value } of local) manifest[kind] = { ...tableOf(manifest[kind]), [name]: value }
  if (own) manifest.workspace = { ...tableOf(manifest.workspace), members: listed }
  return { kind: 'understood', manifest, local }
}

export const foldersOf = (files: Iterable<string>): Set<string> =>
  new Set([...files].filter(isMember).map((path) => posix.dirname(path)))

/** What all packages of a workspace take of others, as one manifest; or the first that is not understood, and its file. */
export function outerDependencies(
  { files }: Project,
  strict: boolean,
): { kind: 'read'; lines: Line[] } | { kind: 'unclear'; path: string; unclear: Unclear } {
  const folders = foldersOf(files.keys())
  const all: Table = { package: { name: 'workspace', version: '0.0.0', edition: '2021' } }
  for (const [path, lines] of files) {
    if (path !== 'Cargo.toml' && !isMember(path)) continue
    const read = understandMember(path, textOf(lines), strict, folders)
    if (read.kind === 'unclear') return { kind: 'unclear', path, unclear: read }
    for (const kind of KINDS) {
      const outer = Object.entries(tableOf(read.manifest[kind])).filter(
        ([, value]) => tableOf(value).path === undefined,
      )
      if (outer.length > 0) all[kind] = { ...tableOf(all[kind]), ...Object.fromEntries(outer) }
    }
  }
  return { kind: 'read', lines: render(all).split('\n').map(added) }
}
