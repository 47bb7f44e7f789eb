import type { CodeLine } from './block.ts'
import { BOUNDS } from './bounds.ts'

/** The files and folders of a directory tree, by path from its root, and the root's own name where it has one. */
export type Tree = {
  root: string | null
  entries: readonly { path: string; folder: boolean; line: CodeLine }[]
}

const BRANCH =
  /^((?:[ \u00a0]{4})*(?:[ \u00a0]{2,3}(?=[├└`|]))?(?:[│|][ \u00a0]+)*)(?:[├└|`+](?:─|-){1,3}[ \u00a0]?)(.*)$/

/** A block as a directory tree, or `null` when it is none. */
export function readTree(lines: readonly CodeLine[]): Tree | null {
  const branches = lines.filter(({ text }) => BRANCH.test(text))
  const other = lines.filter(
    ({ text }) => text.trim() !== '' && !BRANCH.test(text) && !/^[\s│|]*$/.test(text),
  )
  if (branches.length < 2 || other.length > 2) return null
  const root = other[0] === undefined ? null : nameOf(other[0].text).replace(/\/$/, '')
  const folders: { width: number; name: string }[] = []
  const entries = branches.map((line) => {
    const [, prefix = '', rest = ''] = BRANCH.exec(line.text)!
    while (folders.length > 0 && (folders.length >= BOUNDS.depth || folders.at(-1)!.width >= prefix.length))
      folders.pop()
    const name = nameOf(rest)
    const path = [...folders.map(({ name }) => name), name.replace(/\/$/, '')].join('/')
    folders.push({ width: prefix.length, name: name.replace(/\/$/, '') })
    return { path, folder: name.endsWith('/'), line }
  })
  const holding = new Set(entries.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))
  const marked = entries.map((entry) => ({ ...entry, folder: entry.folder || holding.has(entry.path) }))
  return { root: root === '' || root === '.' ? null : root, entries: marked }
}

/** Without the remark that follows a name: `# the bridge`, `(generated)`, `<- here`. */
function nameOf(text: string): string {
  return text
    .slice(0, BOUNDS.lineCharacters)
    .replace(/\s(?:#|\/\/|<|←|--|—|-\s|\().*$/, '')
    .trim()
}
