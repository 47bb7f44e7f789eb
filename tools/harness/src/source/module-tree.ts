import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { closing, codeOf } from './code-text.ts'

/**
 * Those of the Rust files in `read` that rustc compiled as code, beginning with `roots`: its dep-info names what
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
  const compiled = new Set(roots)
  // A set that grows while it is walked gives what was added as well.
  for (const path of compiled) {
    const names = namedIn(texts.get(path)!)
    for (const other of texts.keys())
      if (names.has(basename(other)) || names.has(moduleOf(other))) compiled.add(other)
  }
  return compiled
}

/** The modules that a file declares without a body, and the files that it takes as code. */
function namedIn(text: string): Set<string> {
  const code = codeOf(text, 'rust')
  const names = new Set([...code.matchAll(/\bmod\s+(?:r#)?(\w+)\s*;/g)].map(([, name]) => `mod ${name}`))
  const strings = (from: number, to: number) => {
    for (const [, path] of text.slice(from, to).matchAll(/"([^"]+)"/g)) names.add(basename(path!))
  }
  for (const { index } of code.matchAll(/#\s*\[(?=[^\]]*\bpath\s*=)/g))
    strings(index, closing(code, code.indexOf('[', index)))
  for (const { index, 0: found } of code.matchAll(/\binclude!\s*[([{]/g))
    strings(index, closing(code, index + found.length - 1))
  return names
}

function moduleOf(path: string): string {
  const name = basename(path, '.rs')
  return `mod ${name === 'mod' ? basename(dirname(path)) : name}`
}
