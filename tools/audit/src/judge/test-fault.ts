import { type FailedTest, type TestRun, tests } from '../build/tests.ts'
import { projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { type Spot, spotOf } from '../project/where.ts'
import { panickingTest } from '../project/wrap.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { PageDiagnostic } from '../verdict.ts'
import { isTodo, placeOf } from './run-fault.ts'
import type { Tried } from './try.ts'

const DETAIL_LINES = 20

/** What the first test says of a snippet that fails, at the line that panicked; else at the test's own. */
export function testFault(snippet: Snippet, tried: Tried): PageDiagnostic | null {
  if (isSpokenFor(snippet)) return null
  for (const run of tried.tested) {
    if (run.good || run.outcome.kind === 'timed-out') continue
    for (const failed of namedBy(run, tried)) {
      const trouble = troubleOf(snippet, failed, tried)
      if (trouble !== null) return trouble
    }
  }
  return null
}

/** The tests that failed; where the program itself was ended, the first that it holds. */
function namedBy({ failed, outcome, passed, ending }: TestRun, { subjects }: Tried): readonly FailedTest[] {
  if (failed.length > 0 || outcome.kind === 'exited') return failed
  const name = subjects.flatMap((snippet) => tests(snippet)).find((name) => !passed.has(name))
  return name === undefined
    ? []
    : [{ name, message: `the program of its tests ${ending}`, endedWell: false, blamed: null, detail: [] }]
}

/** Whether the page says of it that it is bad, or that it ends badly. */
const isSpokenFor = (snippet: Snippet): boolean =>
  snippet.expectation === 'discouraged' || (snippet.end.how !== 0 && panickingTest(snippet) === null)

function troubleOf(
  snippet: Snippet,
  { name, message, endedWell, blamed, detail }: FailedTest,
  tried: Tried,
): PageDiagnostic | null {
  const owner = tried.subjects.find((subject) => tests(subject).includes(name))
  if (owner === undefined || isSpokenFor(owner)) return null
  if (isTodo(message) || leavesOut(tried)) return null
  const isWrapper = name === panickingTest(owner)
  const spot = blamed === null || isWrapper ? null : spotOfTest(blamed, tried)
  if ((spot?.snippet ?? owner) !== snippet) return null
  const row = snippet.lines.findIndex(({ text }) => new RegExp(`\\bfn\\s+${name}\\b`).test(text))
  return {
    ...(spot === null ? snippet.lines[Math.max(0, row)]!.at : placeOf(spot)),
    message: isWrapper && endedWell ? 'they end well, though their fence says `should_panic`' : message,
    detail: detail.slice(0, DETAIL_LINES),
  }
}

/** Whether what was tested holds less than a reader has: what a test then finds is no word about the page. */
const leavesOut = ({ snippets, project }: Tried): boolean =>
  snippets.some(({ elided }) => elided) || project.helps.some(({ help }) => help.kind === 'stub')

function spotOfTest(blamed: NonNullable<FailedTest['blamed']>, { project, subjects }: Tried): Spot | null {
  const spot = spotOf(project, projectDiagnostic({ tool: 'run', ...blamed }))
  return spot !== null && subjects.includes(spot.snippet) ? spot : null
}

/** Whether each of a snippet's tests that was started passed, and one was. */
export function testsPass(snippet: Snippet, { tested }: Tried): boolean {
  const names = tests(snippet)
  const failed = tested.flatMap((run) => run.failed.map(({ name }) => name))
  return (
    !names.some((name) => failed.includes(name)) &&
    names.some((name) => tested.some(({ outcome, passed }) => outcome.kind === 'exited' && passed.has(name)))
  )
}
