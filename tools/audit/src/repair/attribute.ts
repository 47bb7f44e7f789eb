import { type ProjectDiagnostic, projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Project, snippetsIn } from '../project/project.ts'
import { type Spot, spotOf } from '../project/where.ts'
import { isOfBadHalf, isSaidToFail } from '../snippet/expectation/expectation.ts'
import { names } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import { beyondReach, withheldCrate } from './beyond.ts'
import {
  bareStdName,
  consequence,
  guessedImport,
  isGenerated,
  itemNames,
  keyOf,
  shownAlone,
} from './follow.ts'
import { type Stubbed, stubOut } from './stub-out.ts'
import { leftToReader } from './unknown.ts'

/** A problem at the guide's own line. */
export type SnippetDiagnostic = {
  problem: ProjectDiagnostic
  spot: Spot
  /** Whether the page itself says that it comes. */
  expected?: boolean
}

/** What is known to be wrong with the snippets of a snapshot, and what was taken out for it. */
export type Blame = {
  /** The first fault of each snippet that has one. */
  faults: Map<Snippet, SnippetDiagnostic>
  /** Why a snippet cannot stand by itself, though nothing is known to be wrong with it. */
  fragments: Map<Snippet, string>
  /** Why a snippet was not tried, though it could be elsewhere. */
  untried: Map<Snippet, string>
  /** The crates that may not be had here, by the name that code calls them, and why. */
  withheld: Map<string, string>
  /** The names that were taken out. */
  gone: Set<string>
  /** The problems that nothing can be done about, and that stay. */
  settled: Set<string>
  stubbed: Map<string, readonly Stubbed[]>
}

export const noBlame = (): Blame => ({
  faults: new Map(),
  fragments: new Map(),
  untried: new Map(),
  withheld: new Map(),
  gone: new Set(),
  settled: new Set(),
  stubbed: new Map(),
})

const UNPARSED =
  /^(?:expected|unexpected|mismatched|this file contains|unknown start|unterminated|prefix|missing)/

/** Whether a snippet is statements that a function was put around. */
export function isWrapped({ helps }: Project, snippet: Snippet): boolean {
  return helps.some(({ help, snippets }) => help.kind === 'wrapper' && snippets.includes(snippet))
}

const UNSHOWN = /^it uses (.*), which the guide does not show$/

/** That names are used which nobody shows: those that were known before, and one more. */
function unshown(before: string | undefined, name: string, most = 10): string {
  const known = UNSHOWN.exec(before ?? '')?.[1]?.split(', ') ?? []
  const all = [...new Set([...known, `\`${name}\``])]
  return `it uses ${all.slice(0, most).join(', ')}, which the guide does not show`
}

/** Notes who is to blame for a problem that no help fixes, and takes what holds it out of the package. */
export function blame(project: Project, known: Blame, { problem, spot }: SnippetDiagnostic): void {
  const { faults, fragments, untried, withheld, gone, settled, stubbed } = known
  const { snippet } = spot
  if (problem.unfinished) {
    for (const snippet of snippetsIn(project.files.get(problem.path)))
      if (!untried.has(snippet)) untried.set(snippet, `${problem.tool}: ${problem.message}`)
    settled.add(keyOf(problem))
    return
  }
  // What was put in by the audit follows what is left around it, and is no word about the page.
  const isAdded = project.files.get(problem.path)?.[problem.line - 1]?.code === null
  if (isAdded && [faults, fragments, untried].some((noted) => noted.has(snippet))) {
    settled.add(keyOf(problem))
    return
  }
  const cause = consequence(problem, gone)
  const row = snippet.lines.indexOf(spot.code)
  const expected = isExpected(snippet, problem, row)
  const named = snippet.expectation === 'must fail' && snippet.errors.length > 0
  const unknown =
    named || (expected && snippet.expectation !== 'must fail')
      ? null
      : (leftToReader(project, problem, spot) ??
        guessedImport(project, problem, spot) ??
        (UNSHOWN.test(fragments.get(snippet) ?? '') ? bareStdName(problem) : null))
  const noted = faults.get(snippet)
  const beyond = snippet.expectation === 'must fail' ? null : beyondReach(project, problem, spot)
  const alone = shownAlone(problem, spot, isWrapped(project, snippet))
  const crate = withheldCrate(problem)
  if (crate !== undefined && beyond !== null) withheld.set(crate.replaceAll('-', '_'), beyond)
  const root = unknown === null ? undefined : /\w+/.exec(unknown)?.[0]
  // What is taken out of a build script panics: that is no word about the page.
  const own =
    problem.message.includes('not yet implemented') &&
    [...stubbed.keys()].some((key) => key.startsWith(`${snippet.number}:`))
  if (own) {
    settled.add(keyOf(problem))
    return
  }
  // To rustc alone, what a macro of such a crate is written on need not be Rust.
  const macro =
    problem.tool === 'rustc'
      ? [...withheld.keys()].find((name) => snippet.outline.code.includes(`#[${name}::`))
      : undefined
  if (beyond !== null) untried.set(snippet, untried.get(snippet) ?? beyond)
  else if (macro !== undefined) untried.set(snippet, withheld.get(macro)!)
  else if (root !== undefined && withheld.has(root)) untried.set(snippet, withheld.get(root)!)
  else if (untried.has(snippet)) {
    // What follows from what is not there is no word about the page.
  } else if (cause !== null)
    fragments.set(snippet, fragments.get(snippet) ?? `it uses \`${cause}\`, whose own block fails`)
  else if (unknown !== null) {
    fragments.set(snippet, unshown(fragments.get(snippet), unknown))
    // Beside names that nobody shows, a name that std has too is one of those.
    const bare = noted === undefined ? null : bareStdName(noted.problem)
    if (bare !== null && faults.delete(snippet)) fragments.set(snippet, unshown(fragments.get(snippet), bare))
  } else if (!expected && alone !== null) fragments.set(snippet, fragments.get(snippet) ?? alone)
  else if (
    noted === undefined ||
    (noted.expected && !expected && snippet.expectation !== 'must fail') ||
    (expected && named)
  )
    faults.set(snippet, { problem, spot, expected })
  const key = `${snippet.number}:${row}`
  const before = stubbed.get(key) ?? []
  // What is generated is not there to be taken out, and what is out cannot be taken out again.
  if (isGenerated(problem) || before.includes('snippet')) {
    settled.add(keyOf(problem))
    return
  }
  const unparsed = problem.tool === 'rustc' && problem.code === null && UNPARSED.test(problem.message)
  const how = stubOut(project, spot, unparsed ? ['body', 'item'] : before)
  stubbed.set(key, [...before, how])
  if (how !== 'body') for (const name of how === 'snippet' ? names(snippet) : itemNames(spot)) gone.add(name)
}

/** Charges the shown files that had to be changed with that they fail as they stand. */
export function chargeEdits(project: Project, known: Blame): void {
  for (const { path, line, message, fix } of project.edits) {
    const words = `${message}; as it stands it fails, and needs \`${fix}\``
    const problem = projectDiagnostic({ tool: 'cargo', path, line, column: 1, message: words })
    const spot = spotOf(project, problem)
    if (spot !== null && !known.faults.has(spot.snippet)) known.faults.set(spot.snippet, { problem, spot })
  }
}

/** Errors that only code gives that a reader could have meant: of ownership, lifetimes, threads and what may be copied. */
const MEANT =
  /^E0(?:00[45]|106|133|277|282|308|310|37[0-9]|38[0-9]|449|478|49[0-9]|50[0-9]|51[0-9]|521|59[0-9]|603|616|62[0-9]|658|70[0-9]|71[0-9]|744|746|752)$/
const MEANT_CXX =
  /\b(?:not(?: \w+)?|un)[ -]?supported\b|use of deleted function|no matching function|cannot convert|invalid conversion|discards qualifiers|is private|read-only|cannot bind/

/** Whether the page itself says that this error comes, of the block that it is in. */
function isExpected(snippet: Snippet, problem: ProjectDiagnostic, row: number): boolean {
  const line = snippet.lines[row]?.text ?? ''
  if (snippet.expectation === 'must fail') return isNamed(snippet, problem)
  if (snippet.likelyErrors.some((error) => plain(error) === plain(problem.message))) return true
  if (isSaidToFail(line, snippet.lines[row - 1]?.text ?? '')) return true
  const discouraged =
    snippet.expectation === 'discouraged' ||
    isOfBadHalf(
      snippet.lines.map(({ text }) => text),
      row,
    )
  if (!discouraged) return false
  // What is discouraged may compile all the same; a typing error in it is not what it shows.
  return problem.code === null ? MEANT_CXX.test(problem.message) : MEANT.test(problem.code)
}

/** Whether it is of the errors that the page names, if it does. */
function isNamed({ errors }: Snippet, { code, message }: ProjectDiagnostic): boolean {
  if (errors.length === 0) return true
  const said = plain(message)
  return errors.some(
    (error) =>
      error === code ||
      // Newer compilers have words of their own for it, and no code.
      (error === 'E0277' && code === null && /^future cannot be (?:sent|shared)/.test(message)) ||
      (said !== '' && plain(error).includes(said)) ||
      said.includes(plain(error)),
  )
}

/** Without quotes, which differ from compiler to compiler. */
const plain = (text: string) => text.replace(/[‘’'"`]/g, '').trim()
