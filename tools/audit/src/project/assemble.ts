import type { Snapshot } from '../placement/snapshot.ts'
import { hasMain, includes, isBridge, modules, names, packageName, qualified } from '../snippet/facts.ts'
import { isHeader } from '../snippet/path.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { addBuildScript, addDependency } from './build-script.ts'
import { isOtherCrate, knownVersion, versionOf } from './known-crates.ts'
import { dependencies, joinManifest } from './manifest.ts'
import { add, added, type Line, lineBelow, note, type Project, textOf } from './project.ts'
import { crateOf, type ProjectCrates } from './project-crates.ts'
import { isWorkspace, rootOf } from './workspace.ts'
import { closed, isCutOff, statementLines, wrapped } from './wrap.ts'

/** Puts a snapshot's snippets into files as a reader would, and adds what every reader knows that he must. */
export function assemble(snapshot: Snapshot, crates: ProjectCrates): Project {
  const { snippets } = snapshot
  const name = nameOf(snapshot, crates)
  const project: Project = { name, files: new Map(), crates, helps: [], edits: [] }
  for (const [path, parts] of Map.groupBy(snippets, (snippet) => snippet.path!))
    if (path !== 'Cargo.toml') project.files.set(path, joinFile(parts, project))
  if (
    snippets.some(({ language }) => language === 'rust') ||
    snippets.some(({ language }) => language === 'toml')
  ) {
    const { lines } = joinManifest(
      snippets.filter(({ path }) => path === 'Cargo.toml'),
      name,
      snippets.map(({ edition }) => edition).find((edition) => edition !== null) ?? undefined,
    )
    if (isWorkspace(project)) {
      const shown = snippets.filter(({ path }) => path === 'Cargo.toml')
      project.files.set('Cargo.toml', rootOf(project.files, joinFile(shown, project)))
      return project
    }
    project.files.set('Cargo.toml', lines)
    addRoot(project)
    addDependencies(project, snippets)
    addBuildScript(project, snippets)
    addBridgeInclude(project, snippets)
  }
  return project
}

/** The package that the guide's own words mean: of its manifest, of an include, of a `use`. */
function nameOf({ snippets, reserve }: Snapshot, crates: ProjectCrates): string {
  for (const snippet of snippets) {
    const name = packageName(snippet)
    // Folders are named by it.
    if (name !== null && /^[\p{L}\p{N}_-]{1,64}$/u.test(name)) return name
  }
  const included = [...snippets, ...reserve]
    .flatMap(includes)
    .map((path) => /^([\w-]+)\/(?:include|src|cpp)\//.exec(path)?.[1])
  return (
    included.find((found) => found !== undefined && !['include', 'src', 'rust'].includes(found)) ??
    calledBy(snippets, crates) ??
    'guide'
  )
}

const ROOTS = ['crate', 'self', 'super', 'std', 'core', 'alloc']

/** The name by which a program takes from the library what the page shows of it. */
function calledBy(snippets: readonly Snippet[], crates: ProjectCrates): string | undefined {
  const rust = snippets.filter(
    ({ language, expectation }) => language === 'rust' && expectation !== 'must fail',
  )
  const isLibrary = ({ path }: Snippet) => path === 'src/lib.rs'
  const shown = new Set(rust.filter(isLibrary).flatMap((snippet) => [...names(snippet)]))
  const known = new Set([...ROOTS, ...rust.flatMap(modules)])
  const isOwn = (root: string) =>
    /^[a-z]\w{0,63}$/.test(root) &&
    !known.has(root) &&
    knownVersion(root) === null &&
    !isOtherCrate(root) &&
    crateOf(crates, root) === undefined
  return rust
    .filter((snippet) => hasMain(snippet) && !isLibrary(snippet))
    .flatMap((snippet) => [...qualified(snippet)])
    .find(([root, words]) => isOwn(root) && [...words].some((word) => shown.has(word)))?.[0]
}

/** The snippets of one file, one after another; what can stand in it but once stands once. */
export function joinFile(parts: readonly Snippet[], project: Project): Line[] {
  const seen = new Set<string>()
  const lines: Line[] = []
  const first: Line[] = []
  let open = 0
  for (const snippet of parts) {
    const cutOff = isCutOff(snippet, parts)
    const { unclosed, unopened } = snippet.outline
    const opened = cutOff ? 0 : unclosed - unopened
    // Of a function that an earlier part began.
    const goesOn = open > 0 && opened < 0
    open += opened
    const text = (cutOff ? closed(snippet) : snippet.text).split('\n')
    let own: Line[] = snippet.lines.map((code, at) => ({ text: text[at] ?? code.text, snippet, code }))
    const statements =
      goesOn || snippet.path === 'Cargo.toml' || snippet.role === 'library' || isTest(snippet)
        ? null
        : statementLines(snippet)
    if (snippet.language === 'rust') {
      const imports = importRows(snippet)
      own = own.map((line, row) => {
        const bare = line.text.trim()
        if (imports.has(row)) {
          if (seen.has(bare)) return { ...line, text: '' }
          seen.add(bare)
        }
        // What speaks of the file as a whole stands at its beginning.
        if (lines.length > 0 && (/^#!\[.*\]$/.test(bare) || bare.startsWith('//!'))) {
          if (bare.startsWith('#!')) first.push(line)
          return { ...line, text: '' }
        }
        return line
      })
    }
    if (statements !== null) {
      const result = wrapped(snippet, own, statements.from, statements.to)
      own = result.lines
      const what = result.asynchronous ? 'an `async fn`' : 'a function'
      note(
        project,
        snippet.path!,
        result.text,
        { kind: 'wrapper', text: `put the statements into ${what}` },
        [snippet],
      )
    }
    if (lines.length > 0) lines.push(added(''))
    lines.push(...own)
  }
  return [...first, ...lines]
}

/** What rustdoc tests has a `main` already. */
const isTest = ({ role, language }: Snippet): boolean => role === 'example' && language === 'rust'

/** The lines that are one whole `use` of the file itself: what a function imports is its own. */
function importRows({ outline }: Snippet): ReadonlySet<number> {
  return new Set(
    outline.segments.flatMap(({ firstLine, lastLine, start, end }) =>
      firstLine === lastLine && /^(?:pub\s+)?use\s/.test(outline.code.slice(start, end)) ? [firstLine] : [],
    ),
  )
}

const PRELUDE = ['std', 'core', 'alloc', 'crate', 'self', 'super', 'Self']

/** A crate that the code names and the manifest does not, where it is one that we know. */
function addDependencies(project: Project, snippets: readonly Snippet[]): void {
  const rust = snippets.filter(({ language, path }) => language === 'rust' && path !== 'build.rs')
  const local = new Set([
    ...rust.flatMap((snippet) => [...names(snippet)]),
    project.name.replaceAll('-', '_'),
  ])
  const wanted = new Map<string, Snippet[]>()
  for (const snippet of rust)
    for (const [, crate] of snippet.outline.code.matchAll(/(?<![\w:.]|::\s*)([a-z]\w*)::(?!\s*<)/g)) {
      if (PRELUDE.includes(crate!) || local.has(crate!)) continue
      if (!wanted.has(crate!)) wanted.set(crate!, [])
      if (!wanted.get(crate!)!.includes(snippet)) wanted.get(crate!)!.push(snippet)
    }
  const known = dependencies(project.files.get('Cargo.toml')!)
  for (const [crate, users] of wanted) {
    const version = versionOf(crate)
    if (version !== null && !known.includes(crate)) addDependency(project, crate, version, users)
  }
}

/** A package needs something to build: what `cargo new --lib` makes, without a word, where the page shows none. */
function addRoot({ files }: Project): void {
  const manifest = textOf(files.get('Cargo.toml')!)
  const has = [...files.keys()].some((path) =>
    /^src\/(?:lib|main)\.rs$|^src\/bin\/|^(?:tests|examples|benches)\//.test(path),
  )
  if (!has && !/^[ \t]*\[\[?(?:workspace|bin|lib)\b/m.test(manifest)) files.set('src/lib.rs', [added('')])
}

/** A bridge that includes nothing cannot see what the guide's header declares. */
function addBridgeInclude(project: Project, snippets: readonly Snippet[]): void {
  const headers = [...project.files.keys()].filter(isHeader)
  for (const snippet of snippets.filter(isBridge)) {
    const found = /unsafe\s+extern\s+"\s*"\s*\{/.exec(snippet.outline.code)
    if (found === null || headers.length === 0 || includes(snippet).length > 0) continue
    const line = lineBelow(project, snippet, found.index + found[0].length)
    if (line === null) continue
    const text = headers.map((path) => `include!("${project.name}/${path}");`).join('\n')
    const help = `add \`${text.split('\n')[0]}\` to the bridge`
    add(project, snippet.path!, line, text, { kind: 'bridge include', text: help }, [snippet])
  }
}
