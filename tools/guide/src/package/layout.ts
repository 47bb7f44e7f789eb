import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorAt } from '../finding/error-at.ts'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import { SMALL } from './crates.ts'
import { isBuilt, unreadableBelow } from './unreadable.ts'

const HARNESS = 'tools/harness/vitest.config.ts'
const INSTALLED = 'node_modules/cxx-async-cookbook/dist/vitest.config.js'

/** By which each pattern below `root` is run: the repository's own harness, else that of the package that it installed. */
export const harnessConfig = (root: string): string =>
  existsSync(join(root, INSTALLED)) && !existsSync(join(root, HARNESS)) ? INSTALLED : HARNESS

/** What git ignores and tools write again: whatever bears such a name is in nobody's clone. */
const IGNORED = new Set(['target', 'node_modules', '.turbo', 'evidence.json', 'at-hand.json'])
/** What may lie at the top of a package's folder although no chapter shows it. */
const FILES =
  /^(?:README\.md|package\.json|Cargo\.toml|build\.rs|CMakeLists\.txt|verify\.test\.ts|mutations\.toml|evidence\.json|at-hand\.json)$/
const NOTES = /^(?:\.clang-format|\.clang-tidy|\.?rustfmt\.toml|\.editorconfig|.*\.(?:md|png|svg))$/
/** By which turbo, npm, git, vite and vitest do other things than the repository says. */
const STEERS_TOOLS =
  /^(?:turbo\.jsonc?|tsconfig.*\.json|\.gitignore|\.npmrc|\.env.*|\.postcssrc.*|.*\.[cm]?[jt]sx?)$/
/** What the manifest of a pattern says to npm and turbo, and nobody else. */
const MANIFEST_KEYS = new Set([
  ...['name', 'version', 'description', 'private', 'type', 'license', 'scripts', 'needs'],
  ...['dependencies', 'devDependencies'],
])
const FOLDERS = new Set([
  ...['benches', 'cases', 'examples', 'expected', 'include', 'mutations', 'reject', 'small', 'src', 'tests'],
  ...['node_modules', 'target', '.turbo'],
])
/** What may lie in the folder of the small crate. */
const SMALL_NAMES = new Set(['Cargo.toml', 'build.rs', 'expected', 'include', 'src', 'tests'])

/**
 * What is wrong with the folder of a package before anything of it is read: things that are no text and may not even
 * end, names that git ignores, settings that nobody shows, another command than the harness. `shown` are the sources
 * of the chapter's examples, where they are known.
 */
export function layoutFindings(
  root: string,
  slug: string,
  shown: ReadonlySet<string> | null = null,
): Finding[] {
  const folder = `patterns/${slug}`
  // What has no manifest is no pattern, and whoever reached it says so.
  if (!existsSync(join(root, folder, 'package.json'))) return []
  const unreadable = unreadableBelow(root, folder)
  if (unreadable.length > 0) return unreadable
  const top = readdirSync(join(root, folder), { withFileTypes: true })
  return [
    ...ignoredBelow(root, folder),
    ...top.flatMap((entry) => strangeAtTop(folder, entry, shown)),
    ...strangeInSmall(`${folder}/${SMALL}`, root, shown),
    ...installed(root, folder),
    ...wrongManifest(root, slug),
  ]
}

function ignoredBelow(root: string, folder: string): Finding[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !isBuilt(entry, folder))
    .flatMap(({ name }) => {
      const path = `${folder}/${name}`
      const inside = readdirSync(join(root, path), { withFileTypes: true })
      return [...inside.flatMap((entry) => ignored(path, entry)), ...ignoredBelow(root, path)]
    })
}

function ignored(folder: string, { name }: Dirent): Finding[] {
  if (!IGNORED.has(name) && !name.endsWith('.draft')) return []
  const at = { file: `${folder}/${name}`, line: 1, column: 1 }
  return [
    errorAt(
      'hidden-input',
      at,
      `git ignores what is named ${name}, so that no clone has it, expected another name`,
      'rename it, and what refers to it',
    ),
  ]
}

function strangeAtTop(folder: string, entry: Dirent, shown: ReadonlySet<string> | null): Finding[] {
  const { name } = entry
  const at = { file: `${folder}/${name}`, line: 1, column: 1 }
  // What says how cargo and rustup build is looked for in the folders above as well.
  if (name === '.cargo' || name.startsWith('rust-toolchain')) return []
  if (entry.isDirectory() ? FOLDERS.has(name) : FILES.test(name) || NOTES.test(name)) return []
  // Without the chapter only what changes how things are run is known to be wrong.
  const known = shown === null ? !STEERS_TOOLS.test(name) : isShown(name, shown)
  return known || isLeftByEditor(name) ? [] : [noPart(at)]
}

/** The small crate has its sources, its tests and what it prints, and all else that a pattern has lies beside it. */
function strangeInSmall(folder: string, root: string, shown: ReadonlySet<string> | null): Finding[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder))
    .filter((name) => !SMALL_NAMES.has(name) && !isLeftByEditor(name) && !IGNORED.has(name))
    .filter((name) => shown !== null && !isShown(`${SMALL}${name}`, shown))
    .map((name) => noPart({ file: `${folder}${name}`, line: 1, column: 1 }))
}

function noPart(at: SourceLocation): Finding {
  const message = `${at.file} is no part of a chapter, and the chapter does not show it, expected only files that it shows, tests and their data`
  return errorAt('hidden-input', at, message, 'remove it, or show it in the chapter')
}

const isShown = (name: string, shown: ReadonlySet<string>) =>
  [...shown].some((path) => path === name || path.startsWith(`${name}/`))

/** What editors, desktops and network file systems leave beside the files that they save. */
export function isLeftByEditor(name: string): boolean {
  return /^\.(?:.*\.sw[a-z]|#.*|DS_Store|directory|.*\.(?:draft|tmp)|fuse_hidden.*|nfs.*|goutputstream.*)$|~$|^#.*#$/.test(
    name,
  )
}

/** Packages that would stand before the repository's own, the harness and vitest among them. */
function installed(root: string, folder: string): Finding[] {
  const path = `${folder}/node_modules`
  if (lstatSync(join(root, path), { throwIfNoEntry: false }) === undefined) return []
  return readdirSync(join(root, path))
    .filter((name) => !name.startsWith('.vite'))
    .map((name) =>
      errorAt(
        'hidden-input',
        { file: `${path}/${name}`, line: 1, column: 1 },
        'the pattern has an installed package of its own, which stands before those of the repository',
        `remove it: rm -r ${path}, then npm install`,
      ),
    )
}

/** A package that is verified by another command is verified by nobody, and so is one of another name. */
function wrongManifest(root: string, slug: string): Finding[] {
  const file = `patterns/${slug}/package.json`
  const text = readFileSync(join(root, file), 'utf8')
  const wrong = (word: string, message: string, fix: string) => {
    const line = text.split('\n').findIndex((each) => each.includes(`"${word}"`)) + 1 || 1
    return errorAt('runner-form', { file, line, column: 1 }, message, fix)
  }
  let manifest: { name?: string; scripts?: Record<string, string> }
  try {
    manifest = JSON.parse(text)
  } catch (error) {
    return [wrong('', `it cannot be read: ${(error as Error).message.split('\n')[0]}`, 'correct it')]
  }
  const { name = slug, scripts = {} } = manifest
  const findings: Finding[] = []
  const script = `vitest run --config ../../${harnessConfig(root)}`
  if (scripts.verify !== script || Object.keys(scripts).length !== 1) {
    const message = `its script is ${JSON.stringify(scripts.verify ?? null)}, expected the harness and no other script`
    findings.push(wrong('verify', message, `write "scripts": { "verify": "${script}" }`))
  }
  if (name !== slug)
    findings.push(
      wrong(
        'name',
        `the package is named ${name}, expected the name of its folder`,
        `write "name": "${slug}"`,
      ),
    )
  for (const key of Object.keys(manifest).filter((key) => !MANIFEST_KEYS.has(key)))
    findings.push(wrong(key, `${key} changes what tools do here, expected it in no pattern`, 'remove it'))
  return findings
}
