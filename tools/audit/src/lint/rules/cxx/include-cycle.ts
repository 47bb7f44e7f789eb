import type { Block } from '../../../document/block.ts'
import { readBlock } from '../../../snippet/snippet.ts'
import { type Code, inLanguage, positionOf } from '../../facts/code.ts'
import { nearestTo } from '../../facts/near.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { below, field, type Node } from '../../facts/syntax.ts'

export const includeCycle: Rule = {
  name: 'include-cycle',
  why: 'Of two headers that include each other, one is read before the other has declared anything; which one depends on who includes first. Forward-declare what the header needs of the other, and include that in the source file.',
  chapter: 'patterns/best-practices/README.md#the-rest-of-the-crate',
  find: (codes) => {
    const files = [
      ...inLanguage(codes, 'cpp').flatMap(cxxFiles),
      ...inLanguage(codes, 'rust').flatMap(bridges),
    ]
    return files.flatMap((file): Found[] => {
      const way = file.isBridge ? null : wayBack(file, file, files, [])
      // Once for a cycle: at the file of it that the page shows last.
      const others = (way ?? []).filter(({ to }) => !to.isBridge).map(({ to }) => files.indexOf(to))
      if (way === null || files.indexOf(file) < Math.max(...others)) return []
      const [first] = way
      return [
        {
          code: file.code,
          node: first!.node,
          sureness: way.some(({ to }) => to.isBridge) ? 'likely' : 'certain',
          message: `\`${file.path}\` includes itself`,
          detail: way.slice(1).map(({ from, node, name }) => {
            const { file: page, line } = positionOf(from.code, node)
            return `${page}:${line}: \`${from.path}\` includes \`${name}\``
          }),
        },
      ]
    })
  },
}

type Include = { name: string; node: Node }
type File = { code: Code; path: string; isBridge: boolean; includes: readonly Include[] }
type Step = Include & { from: File; to: File }

/** The files of C++ that a block shows and the page names. */
function cxxFiles(code: Code): File[] {
  const read = readBlock(code.block, 0, null)
  if (read.kind !== 'snippets') return []
  const includes = below(code.root, 'preproc_include').map((node) => ({
    node,
    name: (field(node, 'path')?.text ?? '').replace(/^["<]|[">]$/g, ''),
    line: lineOf(code.block, node),
  }))
  return read.snippets.flatMap(({ path, lines }) => {
    if (path === null) return []
    const shown = new Set(lines.map(({ at }) => `${at.file}:${at.line}`))
    return [{ code, path, isBridge: false, includes: includes.filter(({ line }) => shown.has(line)) }]
  })
}

const lineOf = (block: Block, { row }: Node): string => {
  const at = block.lines[row]?.at
  return `${at?.file}:${at?.line}`
}

/** The headers that cxx writes for bridges: they include what the bridge does. */
function bridges(code: Code): File[] {
  const includes = below(code.root, 'macro_invocation')
    .filter((node) => field(node, 'macro')?.text === 'include')
    .map((node) => ({ node, name: below(node, 'string_content')[0]?.text ?? '' }))
  if (includes.length === 0) return []
  const read = readBlock(code.block, 0, null)
  const path = read.kind === 'snippets' ? (read.snippets[0]?.path ?? 'src/lib.rs') : 'src/lib.rs'
  return [{ code, path: `${path}.h`, isBridge: true, includes }]
}

/** The includes that lead from a file back to it; `null` where none do. */
function wayBack(start: File, from: File, files: readonly File[], seen: readonly File[]): Step[] | null {
  if (seen.includes(from) || seen.length > 16) return null
  for (const include of from.includes) {
    const shown = files.filter((file) => isSame(file.path, include.name))
    for (const to of nearestFiles(from, shown)) {
      const step: Step = { ...include, from, to }
      if (to === start) return [step]
      const rest = wayBack(start, to, files, [...seen, from])
      if (rest !== null) return [step, ...rest]
    }
  }
  return null
}

const nearestFiles = (from: File, shown: readonly File[]): File[] => nearestTo(from.code, shown)

/** Whether an include means a file of the page: a crate's name or a folder of headers may stand before it. */
const isSame = (path: string, name: string): boolean =>
  path === name || name.endsWith(`/${path}`) || path.endsWith(`/${name}`)
