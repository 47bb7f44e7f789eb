import { isAbsolute, join, relative, resolve } from 'node:path'
import type { ToolLocation } from './diagnostic.ts'

/** What lies in a folder of its own; absolute. */
type Package = { dir: string }

/** A path as a tool wrote it, from the package's folder, with forward slashes. `cwd` is where the tool ran. */
export function withinPackage(pkg: Package, cwd: string, path: string): string {
  return relative(pkg.dir, resolve(cwd, path)).replaceAll('\\', '/')
}

export function isWithin(pkg: Package, cwd: string, path: string): boolean {
  const inside = relative(pkg.dir, resolve(cwd, path))
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
}

/**
 * cxx-build shows the compiler links to the package's headers, in a folder of the build; this gives the header that
 * was meant, or `null` when a path is neither that nor in the package.
 */
export function headerOf(pkg: Package, path: string): string | null {
  const at = path.indexOf('/cxxbridge/crate/')
  if (at < 0) return null
  const [, ...rest] = path.slice(at + '/cxxbridge/crate/'.length).split('/')
  return rest.length === 0 ? null : relative(pkg.dir, join(pkg.dir, ...rest))
}

/** The lines of a file of the package; empty when there is no such file. */
type LinesOf = (path: string) => readonly string[]

const SOURCES = '/cxxbridge/sources/'

/**
 * Where the bridge declares what a line of cxx's generated C++ is about, or `null` when `path` is no generated file.
 * `excerpt` is the generated line, as the compiler shows it. The names in it lead to their declaration.
 */
export function originOf(linesOf: LinesOf, path: string, excerpt: string): ToolLocation | null {
  const at = path.indexOf(SOURCES)
  if (at < 0) return null
  const [, ...rest] = path.slice(at + SOURCES.length).split('/')
  const source = rest.join('/').replace(/\.(?:cc|h)$/, '')
  const lines = linesOf(source)
  for (const [name] of excerpt.matchAll(/[A-Za-z_]\w*/g)) {
    const declared = declarationOf(lines, name)
    if (declared !== null) return { path: source, ...declared }
  }
  const bridge = lines.findIndex((line) => line.includes('cxx::bridge'))
  return { path: source, line: bridge + 1 || 1, column: 1 }
}

/** Where a Rust file declares a function or a type of this name. */
export function declarationOf(
  lines: readonly string[],
  name: string,
): { line: number; column: number } | null {
  const declaration = new RegExp(`\\b(?:fn|type|struct|enum) ${name}\\b`)
  for (const [index, line] of lines.entries()) {
    const found = declaration.exec(line)
    if (found) return { line: index + 1, column: found.index + 1 }
  }
  return null
}
