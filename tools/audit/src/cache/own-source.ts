import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

let source: string | null = null

/** A digest of this program: what another version of it found says nothing. */
export function ownSource(): string {
  source ??= digestOf(import.meta.dirname)
  return source
}

/**
 * A digest of the package that a folder is of: of its files and of all packages that it depends on. Of another one that
 * is installed, and not of this repository, its version says what it is.
 */
export function digestOf(folder: string): string {
  const hash = createHash('sha256').update(process.version)
  const seen = new Set<string>()
  const add = (path: string) => {
    const manifest = realpathSync(path)
    if (seen.has(manifest)) return
    seen.add(manifest)
    const { name, version = null, dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
    hash.update(JSON.stringify([name, version, dependencies]))
    const own = dirname(manifest)
    if (seen.size > 1 && own.includes('/node_modules/')) return
    addFiles(own)
    for (const dependency of Object.keys(dependencies).sort()) {
      // Newer than the oldest Node that runs the bundled tool, which depends on nothing.
      const found = nodeModule.findPackageJSON(dependency, pathToFileURL(manifest))
      if (found !== undefined) add(found)
    }
  }
  const addFiles = (own: string) => {
    const src = existsSync(join(own, 'src')) ? join(own, 'src') : own
    for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(?:[cm]?[jt]s|json|cc|wasm)$/.test(name) && !/\.test\.ts$|(?:^|\/)node_modules\//.test(name))
        hash.update(name).update(readFileSync(join(src, name)))
  }
  add(manifestAbove(folder))
  return hash.digest('hex')
}

function manifestAbove(folder: string): string {
  const manifest = join(folder, 'package.json')
  return existsSync(manifest) ? manifest : manifestAbove(dirname(folder))
}
