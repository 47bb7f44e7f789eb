import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { closing, codeOf } from './code-text.ts'

/** Where the modules lie that a file declares: beside it, or in the folder that is named after it. */
type Kind = 'beside' | 'below'

/**
 * Those of the files in `read` that rustc compiled as code, beginning with `roots`: its dep-info names what
 * `include_str!` and `include_bytes!` take as data just so. All paths are absolute.
 */
export async function modulesOf(roots: readonly string[], read: readonly string[]): Promise<Set<string>> {
  const texts = new Map(
    await Promise.all(
      [...new Set([...roots, ...read])].map(
        async (path) => [path, await readFile(path, 'utf8').catch(() => '')] as const,
      ),
    ),
  )
  const compiled = new Map<string, Kind>(roots.map((path) => [path, 'beside']))
  // A map that grows while it is walked gives what was added as well.
  for (const [path, kind] of compiled)
    for (const [found, foundKind] of namedIn(path, texts.get(path)!, kind, [...texts.keys()]))
      if (texts.has(found) && !compiled.has(found)) compiled.set(found, foundKind)
  return new Set(compiled.keys())
}

/** The files of the modules that a file declares without a body, and of what it takes as code. */
function namedIn(path: string, text: string, kind: Kind, known: readonly string[]): Map<string, Kind> {
  const code = codeOf(text, 'rust')
  const folder = dirname(path)
  const home = kind === 'beside' ? folder : join(folder, basename(path, '.rs'))
  const named = new Map<string, Kind>()
  for (const { index, 1: name } of code.matchAll(/\bmod\s+(?:r#)?(\w+)\s*;/g)) {
    const inner = join(home, ...modulesAround(code, index))
    named.set(join(inner, `${name}.rs`), 'below').set(join(inner, name!, 'mod.rs'), 'beside')
  }
  const strings = (from: number, to: number, folders: readonly string[]) => {
    const isBuilt = /\b(?:concat|env)!/.test(code.slice(from, to))
    for (const [, name] of text.slice(from, to).matchAll(/"([^"]+)"/g)) {
      for (const each of folders) named.set(resolve(each, name!), 'beside')
      // Of what a build script wrote only the end stands there.
      if (isBuilt) for (const other of known) if (other.endsWith(name!)) named.set(other, 'beside')
    }
  }
  for (const { index } of code.matchAll(/#\s*\[(?=[^\]]*\bpath\s*=)/g))
    strings(index, closing(code, code.indexOf('[', index)), [
      folder,
      join(home, ...modulesAround(code, index)),
    ])
  for (const { index, 0: found } of code.matchAll(/\binclude!\s*[([{]/g))
    strings(index, closing(code, index + found.length - 1), [folder])
  return named
}

/** The names of the modules with a body that an index stands in. */
function modulesAround(code: string, at: number): string[] {
  return [...code.slice(0, at).matchAll(/\bmod\s+(?:r#)?(\w+)\s*\{/g)]
    .filter(({ index, 0: found }) => closing(code, index + found.length - 1) > at)
    .map(([, name]) => name!)
}
