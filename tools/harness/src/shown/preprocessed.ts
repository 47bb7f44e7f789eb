import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { headerOf, isWithin, withinPackage } from '@cookbook/diagnostics'
import { type Finding, locate } from '@cookbook/guide'
import type { Build, Read } from '../context/built.ts'
import { crateOf } from '../context/crate.ts'
import { run, type Verification } from '../context/verification.ts'
import { codeOf, withoutComments } from '../source/code-text.ts'

const LIMIT_MS = 60_000
const SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+)$/
const KEEP_BYTES = 64 * 1024 * 1024

/** Lines of one branch of a conditional, without those of conditionals in it; counted from 1. */
type Branch = { condition: string; lines: number[] }

/**
 * The branches of shown C++ that the preprocessor takes out of everything that was compiled. The compiler is asked, and
 * only where there is a conditional at all.
 */
export async function preprocessedAway(
  verification: Verification,
  build: Build,
  read: Read,
  shown: readonly string[],
): Promise<Finding[]> {
  const { pkg, dir } = verification
  const branches = shown.flatMap((path) =>
    branchesOf(pkg.files.get(path)?.text.raw ?? '').map((branch) => ({ path, ...branch })),
  )
  if (branches.length === 0) return []
  const files = read.files.filter(({ by }) => by === 'C++').map(({ path }) => path)
  const sources = files.filter((path) => SOURCE.test(path))
  const folders = new Set(
    files.filter((path) => !SOURCE.test(path)).flatMap((path) => ancestors(dirname(path), dir)),
  )
  const left = new Map<string, Set<number>>()
  for (const source of sources)
    for (const [path, lines] of await linesLeft(verification, build, source, [...folders]))
      left.set(path, new Set([...(left.get(path) ?? []), ...lines]))
  return branches
    .filter(({ path, lines }) => !lines.some((line) => left.get(path)?.has(line)))
    .map(({ path, lines, condition }) => ({
      code: 'not-compiled' as const,
      severity: 'error' as const,
      ...locate(pkg, path, lines[0]!, 1),
      message: `the preprocessor takes this out of everything that was built, by ${condition}, expected code that is compiled`,
      detail: [],
      fix: 'remove it, or build what it is for as well',
    }))
}

/** The branches that hold code of their own. */
function branchesOf(text: string): Branch[] {
  const branches: Branch[] = []
  const open: Branch[] = []
  let continued = false
  for (const [index, line] of codeOf(text, 'cpp').split('\n').entries()) {
    const directive: string | undefined = continued ? undefined : /^\s*#\s*(\w+)/.exec(line)?.[1]
    continued = (continued || directive !== undefined) && line.trimEnd().endsWith('\\')
    if (directive === 'endif') open.pop()
    else if (directive !== undefined && /^(?:if|ifdef|ifndef|elif|elifdef|elifndef|else)$/.test(directive)) {
      if (!directive.startsWith('if')) open.pop()
      open.push({ condition: line.trim(), lines: [] })
      branches.push(open.at(-1)!)
    } else if (line.trim() !== '' && (directive === undefined || directive === 'define'))
      open.at(-1)?.lines.push(index + 1)
  }
  return branches.filter(({ lines }) => lines.length > 0)
}

/** The lines of the package's files that are left of one source and of what it includes. */
async function linesLeft(
  verification: Verification,
  build: Build,
  source: string,
  folders: readonly string[],
): Promise<Map<string, number[]>> {
  const { pkg, toolchain, cell, buildProfile } = verification
  const crate = crateOf(verification, source)
  const outDir = build.outDirs.get(crate)
  const cxx = toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!
  const generated =
    outDir === undefined ? [] : ['include', 'crate'].map((name) => join(outDir, 'cxxbridge', name))
  const include = ['include', ...generated].flatMap((folder) => ['-I', folder])
  const args = [
    `-std=${cell?.std ?? 'c++20'}`,
    ...include,
    ...folders.flatMap((folder) => ['-idirafter', folder]),
    ...(await definedIn(crate.dir)),
    ...(buildProfile.profile === 'release' ? ['-DNDEBUG'] : []),
    ...['-E', '-dD', source],
  ]
  const outcome = await run(verification, {
    program: cxx.program,
    args,
    cwd: crate.dir,
    timeoutMs: LIMIT_MS,
    keepBytes: KEEP_BYTES,
  })
  const left = new Map<string, number[]>()
  let file: string | null = null
  let line = 0
  for (const text of outcome.stdout.split('\n')) {
    const [, number, name] = /^# (\d+) "((?:\\.|[^"\\])*)"/.exec(text) ?? []
    if (number !== undefined) {
      const header = headerOf(pkg, name!)
      const own = isWithin(pkg, crate.dir, name!) ? withinPackage(pkg, crate.dir, name!) : null
      file = header === null ? own : `${crate.folder}${header}`
      line = Number(number)
    } else {
      if (file !== null && text.trim() !== '') left.get(file)?.push(line) ?? left.set(file, [line])
      line += 1
    }
  }
  return left
}

/** The macros that the build scripts define, as far as they say so in words. */
async function definedIn(dir: string): Promise<string[]> {
  const [rust, cmake] = await Promise.all(
    ['build.rs', 'CMakeLists.txt'].map((path) => readFile(join(dir, path), 'utf8').catch(() => '')),
  )
  const [script, lists] = [withoutComments(rust!, 'rust'), cmake!.replace(/#.*/g, '')]
  const defined = [...script.matchAll(/\.define\(\s*"(\w+)"\s*,\s*(?:Some\(\s*)?(?:"([^"]*)")?/g)]
  const flags = `${script}\n${lists}`.match(/(?<=[\s"])-D\w+(?:=\w+)?/g) ?? []
  const listed = [...lists.matchAll(/compile_definitions\s*\(([^)]*)\)/g)].flatMap(
    ([, words]) => words!.match(/\b[A-Z_][A-Z0-9_]*(?:=\w+)?\b/g) ?? [],
  )
  return [
    ...defined.map(([, name, value]) => `-D${name}${value ? `=${value}` : ''}`),
    ...flags,
    ...listed.filter((word) => !/^(?:PRIVATE|PUBLIC|INTERFACE)$/.test(word)).map((word) => `-D${word}`),
  ]
}

function ancestors(folder: string, end: string): string[] {
  const all = [folder]
  while (all.length < 8 && all.at(-1) !== '/' && all.at(-1) !== end) all.push(dirname(all.at(-1)!))
  return all
}
