import { isAbsolute, join, relative, resolve } from 'node:path'

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
