import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { parseChapter } from '../chapter/parse.ts'
import { invalidUtf8 } from '../chapter/problem.ts'
import type { Finding } from '../finding/finding.ts'
import { regionsOf } from '../text/region.ts'
import { decode } from '../text/text.ts'
import { contractFiles } from './contract.ts'
import { MUTATIONS, mutationFindings } from './mutations.ts'
import type { PatternPackage, SourceFile } from './pattern-package.ts'
import { badRegion, noChapter, outsidePackage, strayLink } from './problem-source.ts'
import { LONGEST_TEXT_BYTES, unreadableBelow } from './unreadable.ts'

/** What an editor holds of files, by their real path. */
export type Unsaved = ReadonlyMap<string, Uint8Array>

type Found = { kind: 'file'; bytes: Uint8Array } | { kind: 'missing' | 'outside' | 'unreadable' }

/**
 * Reads a package: README.md, the files that its examples and claims name, and the files of the paste
 * contract. `root` is the repository's folder and `dir` the package's, both absolute. Files that are
 * missing or lead out of the package are findings. Of `unsaved` files what an editor holds is read.
 */
export async function readPackage(
  root: string,
  dir: string,
  unsaved: Unsaved = new Map(),
): Promise<PatternPackage> {
  const home = await realpath(dir)
  const folder = relative(root, dir).split(sep).join('/')
  const fileOf = (path: string) => (folder === '' ? path : `${folder}/${path}`)
  const findings: Finding[] = []

  const page = await read(home, 'README.md', unsaved)
  const chapter = parseChapter(page.kind === 'file' ? page.bytes : '', fileOf('README.md'))
  if (page.kind === 'missing') findings.push(noChapter(chapter.file))
  if (page.kind === 'unreadable') findings.push(...unreadableBelow(root, chapter.file))
  if (page.kind === 'outside')
    findings.push(outsidePackage({ file: chapter.file, line: 1, column: 1 }, 'README.md'))

  const contract = await contractFiles(home)
  const named = new Set(chapter.examples.map(({ source }) => source.path))
  const shown = new Set([...named, ...contract])
  const linked = chapter.claims.map(({ file }) => file)
  const paths = [...new Set([...shown, ...linked])]
  const found = new Map(
    await Promise.all(paths.map(async (path) => [path, await read(home, path, unsaved)] as const)),
  )

  const files = new Map<string, SourceFile>()
  const absent = new Map<string, 'missing' | 'outside' | 'invalid'>()
  for (const [path, result] of found) {
    const file = fileOf(path)
    if (result.kind === 'unreadable') findings.push(...unreadableBelow(root, file))
    if (result.kind !== 'file') {
      absent.set(path, result.kind === 'unreadable' ? 'invalid' : result.kind)
      continue
    }
    const { text, bad } = decode(result.bytes)
    if (bad) {
      absent.set(path, 'invalid')
      findings.push(invalidUtf8({ file, ...bad }, bad.byte))
      continue
    }
    const regions = regionsOf(text.raw)
    files.set(path, { path, file, text, regions })
    if (shown.has(path)) findings.push(...regions.problems.map((problem) => badRegion(file, problem)))
  }
  for (const path of contract) {
    const kind = absent.get(path)
    if (!kind || kind === 'invalid' || named.has(path)) continue
    const at = { file: fileOf(path), line: 1, column: 1 }
    findings.push(kind === 'missing' ? strayLink(at.file) : outsidePackage(at, path))
  }
  const slug = basename(dir)
  const textIn = async (path: string) => {
    const found = await read(home, path, unsaved)
    return found.kind === 'file' ? decode(found.bytes).text.raw : null
  }
  const toml = await textIn(MUTATIONS)
  if (toml !== null)
    findings.push(...(await mutationFindings(chapter, { toml, file: fileOf(MUTATIONS), slug }, textIn)))
  return { root, dir, slug, chapter, files, absent, contract, findings }
}

async function read(home: string, path: string, unsaved: Unsaved): Promise<Found> {
  if (path === '') return { kind: 'missing' }
  const segments = path.split(/[\\/]/)
  if (segments.includes('..') || /^(?:[\\/]|[a-z]:)/i.test(path)) return { kind: 'outside' }
  try {
    const real = await realpath(join(home, path))
    if (real !== home && !real.startsWith(home + sep)) return { kind: 'outside' }
    const found = await stat(real)
    if (found.isDirectory()) return { kind: 'missing' }
    if (!found.isFile() || found.size > LONGEST_TEXT_BYTES) return { kind: 'unreadable' }
    return { kind: 'file', bytes: unsaved.get(real) ?? (await readFile(real)) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code && ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code))
      return { kind: 'missing' }
    throw error
  }
}
