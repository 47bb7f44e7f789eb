import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { dependencies } from '../project/manifest.ts'
import type { Line, Project } from '../project/project.ts'
import type { Spot } from '../project/where.ts'
import { CXX_NAMES, isLike, isMisspelt, isOfOneType, KEYWORD } from '../snippet/language/alike.ts'
import { skeleton } from '../snippet/language/skeleton.ts'
import { missingNames, typeBefore, unshownMethod } from './fix.ts'

/** Names that a page uses and leaves to its reader: of the parent module, of the guide's own library, of the program around. */

const RUST_ROOTS = ['std', 'core', 'alloc', 'proc_macro']
const NAME_CHARACTERS = 200

/**
 * The name, with its path as the page writes it, that a problem is about and that neither the page nor any crate that it
 * names has to define; `null` where the problem is another, or the name is like one that the page does define.
 */
export function leftToReader(project: Project, problem: ProjectDiagnostic, spot: Spot): string | null {
  const before = problem.tool === 'C++' ? typeBefore(project, problem) : null
  const name =
    problem.tool === 'C++'
      ? (before ?? unknownInCxx(problem))
      : (unshownMethod(problem, spot.code.text, ownSources(project.files)) ?? unknownInRust(project, problem))
  if (name === null || isLikeOwn(project, problem, name) || isOwnModule(spot, name)) return null
  if (
    problem.tool === 'C++' &&
    (isOwnType(project, name, problem, spot) ||
      isOwnFunctionElsewhere(project, name, problem) ||
      isMemberOfKnown(project, problem))
  )
    return null
  return pathAt(spot, name)
}

/** Types of Rust's standard library that no bridge takes. */
const NOT_BRIDGED =
  /^(?:Option|Result|Hash\w+|BTree\w+|VecDeque|LinkedList|BinaryHeap|Rc|Arc|Weak|Cow|Cell|RefCell|Mutex|RwLock|Once\w*|CString|CStr|OsStr\w*|Path\w*|Duration|Instant|SystemTime|Range\w*|NonZero\w*|Ipv\w+|IpAddr|SocketAddr\w*|Future|Sender|Receiver)$/

/** A type that a bridge takes from nowhere, and that the page does not define either; `null` for any other problem. */
export function unknownInBridge({ files }: Project, { message }: ProjectDiagnostic): string | null {
  const name = /^unsupported type: ([A-Z]\w*[a-z]\w*)$/.exec(message)?.[1]
  if (name === undefined || NOT_BRIDGED.test(name)) return null
  const defines = new RegExp(`\\b(?:class|struct|enum|union|using|type|trait)\\s+${name}\\b`)
  return ownSources(files).some((code) => defines.test(code)) ? null : name
}

function unknownInRust(project: Project, problem: ProjectDiagnostic): string | null {
  if (problem.tool !== 'rustc') return null
  // An alias of one argument, as crates have them for their own errors.
  if (problem.code === 'E0107' && /^enum takes 2 generic arguments but 1/.test(problem.message))
    return 'Result'
  if (problem.code === 'E0583') return /`(\w+)`/.exec(problem.message)?.[1] ?? null
  const missing = missingNames(problem)
  const name = missing.at(-1)
  if (name === undefined) return null
  const known = new Set([...RUST_ROOTS, ...dependencies(project.files.get('Cargo.toml') ?? [])])
  // What a crate lacks that is there, it lacks for every reader.
  const roots = [...problem.message.matchAll(/`(?:::)?(\w+)(?:::[\w:]*)?`/g)].map(([, root]) => root!)
  const reported = problem.notes.flatMap(
    (note) => /^(?:no|could not find) `\w+` in `(?:::)?(\w+)/.exec(note)?.[1] ?? [],
  )
  if ([...roots.slice(roots.length > 1 ? 1 : 0), ...reported].some((root) => known.has(root))) return null
  // The page's own library is what it shows.
  const shown = (project.files.get('src/lib.rs') ?? []).some(({ code }) => code !== null)
  if (shown) known.add(project.name.replaceAll('-', '_'))
  if (problem.code === 'E0432' && roots.some((root) => known.has(root))) return null
  if (problem.code === 'E0433' && roots.some((root) => RUST_ROOTS.includes(root))) return null
  return name
}

/** How g++, gcc and clang say that they do not know a name, or not enough of it; the first group is the name with its path. */
const UNKNOWN = [
  /[‘'](?:class |struct |enum )?(?:::)?((?:\w+::)*~?\w+)(?:<[^’']*>)?(?:\([^’']*\))?[’'] (?:was not declared|has not been declared|does not name a type|is not a type|is not a member of|in namespace|undeclared|is not a class|in (?:class|struct) .* does not name|has incomplete type|used without template|is not a template)/,
  /(?:no (?:type|template|member) named|unknown type name|use of undeclared identifier|no template named|implicit declaration of function|template argument for|undefined type) [‘']((?:\w+::)*\w+)[’']/,
  /(?:invalid use of|invalid application of [‘']\w+[’'] to|has|variable) [‘'"]?(?:class |struct )?.*incomplete type [‘'](?:(?:const|volatile|class|struct) )*((?:\w+::)*\w+)/,
  /^[‘'](?:const )?(?:class |struct )?((?:\w+::)*\w+)(?:<.*>)? \w+[’'] has incomplete type/,
  // What cxx asserts of a type that it destroys.
  /\bdefinition of `(?:::)?((?:\w+::)*\w+)` is required/,
]

/** The name that g++, gcc or clang does not know; none of `std`, whose names are no page's to define. */
export function unknownInCxx(problem: ProjectDiagnostic): string | null {
  const { detail } = problem
  // What g++ guesses of the insides of its library is no word about the page.
  const message = problem.message.replace(/; did you mean [‘']std::_.*$/, '')
  // A template that is not there, behind `typename`.
  const dependent = /^expected nested-name-specifier before [‘'](\w+)[’']/.exec(message)?.[1]
  if (dependent !== undefined) return dependent
  // A macro that is not there looks like the beginning of anything.
  const macro = /^expected constructor, destructor, or type conversion before/.test(message)
    ? /\|\s*(\w+)\s*\(/.exec(detail[0] ?? '')?.[1]
    : undefined
  if (macro !== undefined) return macro
  // The names of rust/cxx.h are known.
  const ofCxx = /[‘'](\w+)[’'] (?:in namespace|is not a member of) [‘']rust(?:::cxxbridge1)?[’']/.exec(
    message,
  )?.[1]
  if (ofCxx !== undefined && CXX_NAMES.some((known) => isMisspelt(ofCxx, known))) return null
  if (/[‘'](?:::)?std(?:::\w+)*[’']|[‘'](?:(?:const|volatile|class|struct) )*std::/.test(message)) return null
  const found = UNKNOWN.values().map((pattern) => pattern.exec(message)?.[1])
  return found.find((name) => name !== undefined)?.slice(0, NAME_CHARACTERS) ?? null
}

/**
 * Whether the page declares a type of that name in any of its files, which this one then does not reach. What an
 * excerpt declares, or a later block of the same file, nobody can have from the page.
 */
function isOwnType(
  { files }: Project,
  name: string,
  { message }: ProjectDiagnostic,
  { snippet: user }: Spot,
): boolean {
  const last = name.split('::').at(-1)!.replace('~', '')
  const declares = /incomplete type|definition of .* is required/.test(message)
    ? new RegExp(`\\b(?:class|struct|union)\\s+${last}\\b[^;{]{0,300}\\{`)
    : // In `template <class T>` it is a parameter.
      new RegExp(
        `\\b(?:(?:class|struct|enum|union)\\s+${last}\\b(?!\\s*(?:::|[,>=]))|(?:using|type)\\s+${last}\\b(?!\\s*::))`,
      )
  const isAtHand = ({ snippet }: Line) =>
    snippet !== null && !snippet.elided && (snippet.path !== user.path || snippet.number <= user.number)
  return ownSources(files, isAtHand).some((code) => declares.test(code))
}

/** Whether a namespace lacks a function that the page itself declares outside of any, or in another. */
function isOwnFunctionElsewhere({ files }: Project, name: string, { message }: ProjectDiagnostic): boolean {
  if (!/[’'] (?:is not a member of|has not been declared in) [‘'](?!std\b)/.test(message)) return false
  const declares = new RegExp(
    `^[ \\t]*(?:[\\w:<>,&*]+[ \\t]+)+[&*]*${name.split('::').at(-1)}[ \\t]*\\(`,
    'm',
  )
  const headers = new Map([...files].filter(([path]) => !path.endsWith('.rs')))
  return ownSources(headers, ({ snippet }) => snippet?.elided !== true).some((code) => declares.test(code))
}

/** Whether a type lacks a member that a library, or the page itself, has declared in full. */
function isMemberOfKnown({ files }: Project, { message }: ProjectDiagnostic): boolean {
  const type =
    /(?:^|^no member named [‘']\w+[’'] in )[‘'](?:const |volatile )*(?:class |struct |union )?(?:\w+::)*(\w+)(?:<[^’']*>)?[’'](?: has no member named|$)/.exec(
      message,
    )?.[1]
  if (type === undefined) return false
  const declares = new RegExp(`\\b(?:class|struct|union|using|type)\\s+${type}\\b`)
  const lines = [...files.values()].flat().filter(({ text }) => declares.test(text))
  return (
    lines.length === 0 ||
    lines.some(({ snippet, text }) => snippet?.elided === false && /\{\s*\S|\{\s*$/.test(text))
  )
}

/** Whether the snippet itself shows the module, which a path of its own does not reach. */
const isOwnModule = ({ snippet }: Spot, name: string): boolean =>
  snippet.language === 'rust' &&
  snippet.outline.segments.some(({ defines, open }) => open >= 0 && defines === `mod ${name}`)

/**
 * Whether a compiler says that the page itself has a name like it, so that it is a typing error. A variable with the name
 * of its type is not one.
 */
function isLikeOwn({ files }: Project, { message, notes, tool }: ProjectDiagnostic, name: string): boolean {
  const last = name.split('::').at(-1)!
  const said = [message, ...notes]
  const similar = said.filter((text) => /(?:similar name|similarly named)/.test(text))
  const words = [
    ...similar.flatMap((text) => [...text.matchAll(/[`‘'](?:\w+::)*(\w+)[`’']/g)].map(([, word]) => word!)),
    ...said.flatMap((text) => /did you mean [‘'`](?:\w+::)*(\w+)[’'`]/.exec(text)?.[1] ?? []),
  ].filter((word) => word !== last)
  const others = words.filter((word) => !isOfOneType(word, last))
  if (similar.length > 0 && (words.length === 0 || others.length > 0)) return true
  const near = tool === 'C++' ? others.filter((word) => isLike(word, last) && !KEYWORD.test(word)) : others
  return ownSources(files).some((code) => near.some((word) => new RegExp(`\\b${word}\\b`).test(code)))
}

/** The page's own lines of each source, without comments and strings. */
function ownSources(files: Project['files'], wanted: (line: Line) => boolean = () => true): string[] {
  return [...files].flatMap(([path, lines]) => {
    if (!/\.(?:rs|cc|cpp|cxx|c|h|hpp|hh)$/.test(path)) return []
    const text = lines.flatMap((line) => (line.code === null || !wanted(line) ? [] : [line.text])).join('\n')
    return [skeleton(text, path.endsWith('.rs') ? 'rust' : 'cpp')]
  })
}

/** The name as the page writes it at the place, with the path before it. */
function pathAt({ code, column }: Spot, name: string): string {
  const last = name.split('::').at(-1)!
  const paths = [...code.text.slice(0, 1_000).matchAll(/(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*!?/g)]
  const around = paths.find(({ 0: text, index }) => index <= column - 1 && column - 1 < index + text.length)
  const found = [around, ...paths].find((path) => path?.[0].replace('!', '').split('::').includes(last))
  return found === undefined ? name : found[0]
}
