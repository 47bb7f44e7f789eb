import { dirname, join, normalize } from 'node:path'
import { json, text, trackedFiles } from './tree.ts'

/** One import of a TypeScript file: the name as it is written, and the file of this repository that it means. */
export type Import = { from: string; name: string; to: string | null }

const files = trackedFiles(/^(?:tools|whole-guide|patterns|turbo|\.ci)\/.*\.ts$/).filter(
  (path) => !/\/(?:fixtures|node_modules)\//.test(path),
)

const known = new Set(files)
const IMPORT = /(?:^import|^export|\bfrom|\bimport\()\s*'([^']+)'/gm

export const packages = trackedFiles(/^tools\/[^/]+\/package\.json$/).map((path) => path.split('/')[1]!)

/** The imports of every TypeScript file, tests and types included; what a text only quotes has no file. */
export const imports: readonly Import[] = files.flatMap((from) =>
  [...text(from).matchAll(IMPORT)].map(([, name]) => {
    const to = name!.startsWith('.') ? normalize(join(dirname(from), name!)) : exported(name!)
    return { from, name: name!, to: to !== null && known.has(to) ? to : null }
  }),
)

/** The file that a name such as `@cookbook/harness/evidence` means. */
function exported(name: string): string | null {
  const [, tool, rest = ''] = /^@cookbook\/([^/]+)(?:\/(.*))?$/.exec(name) ?? []
  if (tool === undefined || !packages.includes(tool)) return null
  const exports: Record<string, string> = json(`tools/${tool}/package.json`).exports ?? {}
  const file = exports[rest === '' ? '.' : `./${rest}`] ?? exports['./*']?.replace('*', rest)
  return file === undefined ? null : normalize(join('tools', tool, file))
}

/** `harness` of `tools/harness/src/build/build.ts`; `null` of what is no package of tools/. */
export function packageOf(path: string): string | null {
  const tool = /^tools\/([^/]+)\//.exec(path)?.[1]
  return tool !== undefined && packages.includes(tool) ? tool : null
}

export function isTest(path: string): boolean {
  return (
    /\.test\.ts$|^tools\/\w+\/(?:test|bench)\/|vitest\.config\.ts$/.test(path) &&
    !/^tools\/maintain\/bench/.test(path)
  )
}

/**
 * Where a file belongs in the drawing of the rooms: its folder. What lies beside the rooms, an index or a program that
 * nobody imports, stands by itself.
 */
export function roomOf(path: string): string {
  const beside = /^tools\/[^/]+\/(?:src\/)?[^/]+\.ts$|\/main\.ts$/.test(path)
  return beside ? path : dirname(path)
}

/** What is left of a drawing when all that begins or ends no circle is taken away; empty when there is none. */
export function circle(arrows: readonly (readonly [string, string])[]): string[] {
  let left = arrows.filter(([from, to]) => from !== to)
  for (let before = -1; before !== left.length; ) {
    before = left.length
    const [begin, end] = [new Set(left.map(([from]) => from)), new Set(left.map(([, to]) => to))]
    left = left.filter(([from, to]) => begin.has(to) && end.has(from))
  }
  return [...new Set(left.map(([from, to]) => `${from} -> ${to}`))].sort()
}
