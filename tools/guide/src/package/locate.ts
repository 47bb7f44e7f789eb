import { isAbsolute, relative, sep } from 'node:path'
import type { SourceLocation } from '../finding/finding.ts'
import type { PatternPackage } from './pattern-package.ts'
import { sourceOf } from './source.ts'

/**
 * Maps a position of a source file to the chapter's own, when an example shows that line as it is, else
 * to the file's path from the repository's root. `path` is absolute, or from the package's folder or the
 * repository's root; a path outside the repository comes back as it went in.
 */
export function locate(pkg: PatternPackage, path: string, line: number, column: number): SourceLocation {
  const folder = slashes(relative(pkg.root, pkg.dir))
  const given = slashes(isAbsolute(path) ? relative(pkg.root, path) : path).replace(/^(?:\.\/)+/, '')
  const own = given.startsWith(`${folder}/`) ? given.slice(folder.length + 1) : given
  const known = pkg.files.get(own)
  if (!known) {
    const outside = given.startsWith('../') || isAbsolute(given)
    if (outside) return { file: path, line, column }
    return { file: isAbsolute(path) ? given : `${folder}/${own}`, line, column }
  }
  const text = known.text.lines[line - 1]
  for (const example of pkg.chapter.examples) {
    if (example.source.path !== own) continue
    const at = sourceOf(pkg, example)?.lines.indexOf(line) ?? -1
    if (at < 0 || example.text.split('\n')[at] !== text) continue
    return {
      file: example.file,
      line: example.contentLine + at,
      column: column + (example.indents[at] ?? example.indent),
    }
  }
  return { file: known.file, line, column }
}

const slashes = (path: string) => path.split(sep).join('/')
