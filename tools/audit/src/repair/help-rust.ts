import { addDependency } from '../project/build-script.ts'
import { knownVersion } from '../project/known-crates.ts'
import { dependencies } from '../project/manifest.ts'
import { add, added, type Project, snippetsIn, textOf } from '../project/project.ts'
import { names } from '../snippet/facts.ts'
import { importOf } from './awaited-names.ts'
import { type Case, type Fix, inNeed, missingNames } from './fix.ts'
import { dependency, edition, feature } from './help-manifest.ts'
import { bridgedParent, bridgedType } from './help-stub.ts'
import { pullIn } from './pull-in.ts'

const showsElsewhere: Fix = (at) => {
  for (const name of missingNames(at.problem)) {
    if ([...at.present].some((snippet) => names(snippet).has(name))) continue
    if (pullIn(at, (snippet) => snippet.language === 'rust' && names(snippet).has(name))) return true
  }
  return false
}

/** What is awaited, or stands among what is, is of the crate that the page has for that, and seldom of std. */
const awaited: Fix = (at) => {
  const { problem, project, spot } = at
  const name = missingNames(problem).at(-1)
  if (problem.tool !== 'rustc' || name === undefined || spot === null) return false
  const code = spot.snippet.outline.code
  if (!/\.await\b|\basync\b/.test(code)) return false
  // A name that is a path's beginning, a macro or a trait has no other meaning; a function has, unless it is awaited.
  const called = new RegExp(`\\b${name}\\s*\\([^;]*\\.await\\b`).test(code)
  const shared = ['sleep', 'Mutex', 'RwLock', 'mpsc', 'JoinHandle', 'spawn'].includes(name)
  if (shared && !called && !/\.await\b/.test(code)) return false
  const known = dependencies(project.files.get('Cargo.toml') ?? [])
  const line = importOf(name, known)
  if (line === null) return false
  return addImport(at, problem.path, 1, line)
}

function addImport(at: Case, path: string, line: number, text: string): boolean {
  const lines = at.project.files.get(path)
  if (lines === undefined || lines.some((one) => one.text.trim() === text)) return false
  const help = { kind: 'import', text: `add \`${text}\` to ${path}` } as const
  add(at.project, path, importLine(at.project, path, line), text, help, inNeed(at))
  return true
}

const importing: Fix = (at) => {
  const { problem, project, spot } = at
  // A variable that is not there is no function of the same name somewhere in std.
  if (problem.message.startsWith('cannot find value')) return false
  // Of the many types and traits of that name it is the page's own.
  if (problem.message.startsWith('cannot find type `Error`')) return false
  const found = problem.suggestions
    .map(({ text, path, line }) => ({ text: text.trim(), path, line }))
    .filter(({ text, path }) => /^(?:pub )?use [\w:{}, ]+;$/.test(text) && project.files.has(path))
  if (found.length === 0) return false
  // Its variants say which of the two of std it is.
  const atomic = /\bOrdering::(?:Relaxed|Acquire|Release|AcqRel|SeqCst)\b/.test(
    spot?.snippet.outline.code ?? '',
  )
  const isOther = (text: string) => /::Ordering;$/.test(text) && text.includes('::atomic::') !== atomic
  const rank = (text: string) =>
    isOther(text) ? 3 : /use (?:std|core)::/.test(text) ? 0 : /use (?:crate|super)::/.test(text) ? 1 : 2
  const best = found.toSorted((a, b) => rank(a.text) - rank(b.text))[0]!
  return addImport(at, best.path, best.line, best.text)
}

/** Imports stand after what speaks of the whole file. */
const importLine = ({ files }: Project, path: string, line: number): number =>
  Math.max(line, firstItem(files.get(path)!) + 1)

/** The index of the first line that is not an inner attribute or inner doc comment; 0 for an empty file. */
export function firstItem(lines: readonly { text: string }[]): number {
  const first = lines.findIndex(({ text }) => text.trim() !== '' && !/^\s*(?:\/\/|#!\[)/.test(text))
  return Math.max(0, first)
}

const main: Fix = (at) => {
  if (at.problem.code === 'E0601') {
    const [path] = [...at.project.files.keys()].filter((path) => path === at.problem.path)
    if (path === undefined) return false
    const users = snippetsIn(at.project.files.get(path))
    // That `main` is not there follows from what is wrong with it.
    if (
      users.some(({ outline }) => outline.segments.some(({ defines }) => /^fn main\b/.test(defines ?? ''))) &&
      textOf(at.project.files.get(path)!).includes('fn main')
    )
      return false
    // Where the page itself does not say that it is a program's, a reader has it in a library.
    if (!users.some(({ named }) => named !== null)) {
      at.project.files.get(path)!.push(added('fn main() {}'))
      return true
    }
    add(
      at.project,
      path,
      at.project.files.get(path)!.length + 1,
      'fn main() {}',
      { kind: 'main', text: `add \`fn main() {}\` to ${path}` },
      users.slice(-1),
    )
    return true
  }
  if (at.problem.code !== 'E0752' || at.spot === null || at.spot.snippet.expectation === 'must fail')
    return false
  const { path } = at.spot
  const lines = at.project.files.get(path)!
  const line = lines.findIndex(({ text }) => /\basync\s+fn\s+main\b/.test(text)) + 1
  if (line === 0 || /\b\w+::main\b/.test(lines[line - 2]?.text ?? '')) return false
  add(
    at.project,
    path,
    line,
    '#[tokio::main]',
    { kind: 'main', text: 'add `#[tokio::main]` to `async fn main`' },
    inNeed(at),
  )
  if (!dependencies(at.project.files.get('Cargo.toml')!).includes('tokio'))
    addDependency(at.project, 'tokio', knownVersion('tokio')!, inNeed(at))
  return true
}

/** What two blocks of one file both import is imported once: a reader sees that without being told. */
const importedTwice: Fix = ({ problem, project }) => {
  if (problem.code !== 'E0252' && problem.code !== 'E0254') return false
  const name = /`(\w+)`/.exec(problem.message)?.[1]
  const lines = project.files.get(problem.path)
  const line = lines?.[problem.line - 1]
  if (name === undefined || line === undefined) return false
  const from = problem.column - 1
  const rest = line.text.slice(from).replace(new RegExp(`^(?:\\w+::)*${name}\\s*,?\\s*`), '')
  const whole = /^\s*use\s[^{]*;/.test(line.text)
  lines![problem.line - 1] = {
    ...line,
    text: whole
      ? ''
      : `${line.text.slice(0, from)}${rest}`.replace(/,\s*\{\s*\}|(?:\w+::)+\{[\s,]*\}\s*,?/g, ''),
  }
  return lines![problem.line - 1]!.text !== line.text
}

export const rustFixes: readonly Fix[] = [
  importedTwice,
  feature,
  dependency,
  edition,
  main,
  showsElsewhere,
  bridgedType,
  bridgedParent,
  awaited,
  importing,
]

/** For a file that no other one names: the lines that a reader has to add, from the crate's root down to it. */
function nameModule(project: Project, path: string): boolean {
  const parts = /^src\/((?:\w+\/)*\w+)\.rs$/
    .exec(path)?.[1]
    ?.split('/')
    .filter((part) => part !== 'mod')
  const root = ['src/lib.rs', 'src/main.rs'].find((file) => file !== path && project.files.has(file))
  if (parts === undefined || root === undefined || parts[0] === 'bin') return false
  const users = snippetsIn(project.files.get(path))
  let file = root
  let named = false
  for (const [depth, module] of parts.entries()) {
    const lines = project.files.get(file)!
    if (!new RegExp(`\\bmod ${module}\\b`).test(textOf(lines))) {
      const what = { kind: 'module', text: `add \`mod ${module};\` to ${file}` } as const
      add(project, file, lines.length <= 1 ? 1 : importLine(project, file, 1), `mod ${module};`, what, users)
      named = true
    }
    const below = `src/${parts.slice(0, depth + 1).join('/')}`
    const own = [`${below}.rs`, `${below}/mod.rs`].find((found) => project.files.has(found))
    file = own ?? `${below}/mod.rs`
    if (own === undefined) project.files.set(file, [added('')])
  }
  return named
}

/** Gives a Rust file that nothing names a line in the crate's root. */
export function nameUnread(project: Project, read: ReadonlySet<string>): boolean {
  return [...project.files.keys()].some(
    (path) => path.endsWith('.rs') && !read.has(path) && nameModule(project, path),
  )
}
