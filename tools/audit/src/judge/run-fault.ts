import { columnAt } from '@cookbook/guide'
import type { Ran } from '../build/run.ts'
import { projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Project, snippetsIn, textOf } from '../project/project.ts'
import { type Spot, spotOf } from '../project/where.ts'
import type { End } from '../snippet/expectation/end.ts'
import { hasMain } from '../snippet/facts.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { PageDiagnostic } from '../verdict.ts'
import { lineOfMain } from './output.ts'
import type { Tried } from './try.ts'

const DETAIL_LINES = 20

/** The page's own line and column of a place in a file of the package. */
export function placeOf({ code, column }: Spot) {
  return {
    file: code.at.file,
    line: code.at.line,
    column: code.at.column + columnAt(code.text, column - 1) - 1,
  }
}

const READS =
  /\benv::(?:args|vars?)(?:_os)?\b|\bmain\s*\(\s*int\b|\bgetenv\s*\(|\bstdin\s*\(|\bcin\b|\bSTDIN_FILENO\b|\bgetchar\s*\(/

/** A program that reads arguments, variables or its input may end badly without any. */
export function wantsInput({ files }: Project): boolean {
  const texts = [...files].filter(([path]) => /\.(?:rs|cc|cpp)$/.test(path)).map(([, lines]) => textOf(lines))
  return texts.some((text) => READS.test(text))
}

const OPENS =
  /\bFile::open\b|\bfs::(?:read|metadata|copy|rename|remove|canonicalize)|\bread_to_string\b|\bifstream\b|\bf?open\s*\(|\bconnect\b|\bgetaddrinfo\b/
const IS_MISSING =
  /\bos error (?:2|101|104|110|111|113)\b|\bNo such file|\bNotFound\b|\bfailed to lookup address|\b(?:not known|resolution)\b|[Nn]etwork is unreachable|[Cc]onnection refused|\b(?:[Cc]annot|[Cc]ould(?: not|n['’]t)|[Ff]ailed to|[Uu]nable to) (?:open|read|connect|find)\b/

/** Whether a program ended badly as there is no file or no server that it wants. */
function lacksWhatItOpens({ files }: Project, { outcome }: Pick<Ran, 'outcome'>): boolean {
  const opens = [...files].some(
    ([path, lines]) => /\.(?:rs|cc?|cpp)$/.test(path) && OPENS.test(textOf(lines)),
  )
  return opens && IS_MISSING.test(outcome.stderr + outcome.stdout)
}

/** Whether a panic says no more than that code is left to the reader. */
export const isTodo = (message: string): boolean => /\bpanics: not (?:yet )?implemented\b/.test(message)

/**
 * What a program's bad end says of a snippet: of the line that panicked, else of the one with `main`. Where the guide has
 * shown these before, and the program ended well, it is what is new.
 */
export function runFault(
  snippet: Snippet,
  { ran, project, compiled, subjects }: Tried,
): PageDiagnostic | null {
  if (ran === null || ran.good || ran.outcome.kind === 'timed-out') return null
  if (ran.blamed !== null && isTodo(ran.blamed.message)) return null
  const said = ran.outcome.stderr.trimEnd().split('\n')
  // A sanitizer says at first what it is about, and ends with a legend.
  const report = said.findIndex((line) => /\b(?:Address|Leak)Sanitizer: |: runtime error: /.test(line))
  // Input that it was not given does not make a sandbox stop a program, nor memory be used after it is freed.
  const isOwn = ran.outcome.kind === 'sandbox-limit' || (report >= 0 && !said[report]!.includes('SEGV'))
  if (!isOwn && (wantsInput(project) || lacksWhatItOpens(project, ran))) return null
  const lines = report < 0 ? said.slice(-DETAIL_LINES) : said.slice(report, report + DETAIL_LINES)
  if (ran.blamed !== null) {
    const { message } = ran.blamed
    const spot = spotOf(project, projectDiagnostic({ tool: 'run', ...ran.blamed }))
    if (spot !== null && subjects.includes(spot.snippet))
      return spot.snippet === snippet
        ? { ...placeOf(spot), message: beside(message, snippet.end), detail: lines }
        : null
  }
  const snippets = snippetsIn([...project.files.values()].flat())
  // Undefined behaviour that the guide advises against ends as it likes.
  const advisedAgainst = ({ expectation, path }: Snippet) =>
    expectation === 'discouraged' && compiled.has(path!)
  if (ran.outcome.kind === 'signaled' && snippets.some(advisedAgainst)) return null
  const mains = snippets.filter(
    (other) => hasMain(other) && other.path !== 'build.rs' && !ran.others.includes(other.path!),
  )
  if ((mains.find((main) => subjects.includes(main)) ?? subjects[0]) !== snippet) return null
  const message = beside(ran.blamed?.message ?? `its program ${ran.ending}`, snippet.end)
  return { ...lineOfMain(snippet).at, message, detail: lines }
}

/** What happened, and what the guide says instead, where it says something. */
const beside = (message: string, end: End): string =>
  end.how === 0 ? message : `${message}; ${expectedEnd(end)}`

/** What the guide says of a program's end. */
function expectedEnd({ how, message }: End): string {
  const what = typeof how === 'number' ? `ends with exit code ${how}` : how
  return `the guide says that it ${what}${message === null ? '' : ` with ${JSON.stringify(message)}`}`
}

/** That a program ends well of which its fence or the guide says that it does not. */
export function endFault(snippet: Snippet, { ran, project }: Tried): PageDiagnostic | null {
  const { end, lines } = snippet
  if (end.saidBy === null || !hasMain(snippet) || ran === null || !ran.good) return null
  if (ran.outcome.kind !== 'exited' || ran.outcome.code !== 0 || wantsInput(project)) return null
  const said =
    end.saidBy === 'its fence' ? 'its fence says `should_panic`' : `the guide says that it ${end.how}`
  return { ...lines[0]!.at, message: `its program ends well, though ${said}`, detail: [] }
}
