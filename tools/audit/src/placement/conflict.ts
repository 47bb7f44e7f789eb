import { lastSentence } from '../snippet/expectation/end.ts'
import { definitions, hasMain, includes, isPackage, once, packageName, variables } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** Whether two snippets cannot both stand in one package. */
export function conflict(a: Snippet, b: Snippet): boolean {
  if (a.page !== b.page) return false
  // Nobody says which files of C++ go into which of two programs: each is tried with all that has no `main`.
  if (
    hasMain(a) &&
    hasMain(b) &&
    (a.language === 'cpp' ? isProgram(b) : b.language === 'cpp' && isProgram(a))
  )
    return true
  if (isOfTwoPackages(a, b)) return true
  if (a.edition !== null && b.edition !== null && a.edition !== b.edition) return true
  if (a.path !== b.path) return false
  if (a.language === 'toml') return isPackage(a) && isPackage(b)
  if (a.path === 'build.rs' || a.language === 'cmake') return true
  return (
    !defined(a).isDisjointFrom(defined(b)) ||
    (isOtherVersion(a, b) && !implemented(a).isDisjointFrom(implemented(b))) ||
    !variables(a).isDisjointFrom(called(b)) ||
    !called(a).isDisjointFrom(variables(b))
  )
}

/** What a snippet defines; of Rust, all types have one name space. */
const defined = once(
  (snippet): ReadonlySet<string> =>
    snippet.language === 'rust' ? new Set([...definitions(snippet)].map(asType)) : definitions(snippet),
)

const asType = (name: string): string => name.replace(/^(?:struct|enum|union|trait|type) /, 'type ')

/** Whether all of Rust that a snippet defines and another does too is hidden in it, and shown there: it stands in for that. */
export function standsIn(snippet: Snippet, rival: Snippet): boolean {
  const hidden = sharedWith(snippet, rival)
  return hidden.length > 0 && hidden.every(Boolean) && !sharedWith(rival, snippet).some(Boolean)
}

/** Of each item of a snippet that another one has too, whether it is hidden. */
const sharedWith = ({ outline, lines }: Snippet, other: Snippet): boolean[] =>
  outline.segments
    .filter(({ defines }) => defines !== null && defined(other).has(asType(defines)))
    .map(({ firstLine, lastLine }) => lines.slice(firstLine, lastLine + 1).every(({ hidden }) => hidden))

/** The traits that a snippet implements, each with its type. */
const implemented = once(({ outline }): ReadonlySet<string> => {
  const heads = outline.segments.map(({ start, end }) =>
    outline.code.slice(start, Math.min(end, start + 300)),
  )
  return new Set(
    heads.flatMap(
      (head) =>
        /^(?:unsafe )?impl(?:<[^{}]*?>)? ([\w:<>, ]+? for [\w:<>, ]+?) \{/.exec(
          head.replace(/\s+/g, ' '),
        )?.[1] ?? [],
    ),
  )
})

const VERSION =
  /\b(?:versions?|variants?|attempts?|correct(?:ed|ly)?|fix(?:ed|es)?|instead|improv\w+|better|again|replac\w+|rewrit\w+|chang\w+|updat\w+|this time|now|alternativ\w+|another way)\b/i

/** Whether the words before two snippets, or one of them, say that the later one stands for the other. */
const isOtherVersion = (a: Snippet, b: Snippet): boolean =>
  [a, b].some(({ context }) => VERSION.test(lastSentence(context.words)))

/** The names of a snippet's variables and functions: no variable of another snippet can have one of them. */
const called = once(
  (snippet): ReadonlySet<string> =>
    variables(snippet).union(
      new Set([...definitions(snippet)].flatMap((name) => /^fn ([^(]+)/.exec(name)?.[1] ?? [])),
    ),
)

const isProgram = ({ language, path }: Snippet): boolean => language === 'cpp' || path !== 'build.rs'

/** Whether two snippets of different sections say that they are of packages with different names. */
function isOfTwoPackages(a: Snippet, b: Snippet): boolean {
  if (
    a.sections.at(-1) === b.sections.at(-1) ||
    a.path?.endsWith('/Cargo.toml') ||
    b.path?.endsWith('/Cargo.toml')
  )
    return false
  const of = (snippet: Snippet) => packageName(snippet) ?? packagesIncluded([snippet])[0]
  const [one, other] = [of(a), of(b)]
  // An include may be wrong; where a manifest is shown beside it, that is found out by building.
  return one !== undefined && other !== undefined && one !== other && (isPackage(a) || isPackage(b))
}

/** The packages that includes name, as cxx has them: by the folder that they begin with. */
const packagesIncluded = (snippets: readonly Snippet[]): string[] =>
  snippets
    .flatMap(includes)
    .flatMap((path) => /^([\w-]+)\/(?:include|src|cpp)\//.exec(path)?.[1] ?? [])
    .filter((name) => !['include', 'src', 'rust'].includes(name))

/** Whether snippets are of a package, as their includes name it, of which the page shows no manifest. */
export function isOfAnother(inside: readonly Snippet[], left: readonly Snippet[]): boolean {
  if (inside.some(isPackage)) return false
  const meant = packagesIncluded(inside)
  const shown = left.flatMap((snippet) => packageName(snippet) ?? [])
  return meant.length > 0 && shown.length > 0 && !meant.some((name) => shown.includes(name))
}
