import type { Block } from '../document/block.ts'
import { isCutOff } from '../project/wrap.ts'
import { isWrapped, type SnippetDiagnostic } from '../repair/attribute.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { BlockVerdict, GroupReport, PageDiagnostic, Verdict } from '../verdict.ts'
import { helpsBySnippet } from './helps.ts'
import { commentFault } from './output.ts'
import { endFault, placeOf, runFault, wantsInput } from './run-fault.ts'
import { switchedOff } from './switched-off.ts'
import { testFault, testsPass } from './test-fault.ts'
import type { Tried } from './try.ts'

/** The verdict of one snippet; a block of several takes the worst. */
export type SnippetVerdict = Pick<BlockVerdict, 'verdict' | 'reason' | 'help' | 'error' | 'asTold' | 'path'>

const DETAIL_LINES = 20
const UNWATCHED = '; with sanitizers it does not build, so they have not seen it'
const NAMES = { rust: 'Rust', cpp: 'C++', toml: 'TOML', cmake: 'CMake' }

export function judge(snippet: Snippet, block: Block, tried: Tried): SnippetVerdict {
  const helps = helpsBySnippet(tried)
  const base = { path: snippet.path, help: helps.of.get(snippet) ?? [], error: null, asTold: false }
  const fault = tried.faults.get(snippet)
  const ofLibrary = [...tried.faults].find(([other]) => other.role === 'library')?.[1]
  const say = (verdict: Verdict, reason: string, more: Partial<SnippetVerdict> = {}): SnippetVerdict => ({
    ...base,
    verdict,
    reason,
    ...more,
  })
  if (snippet.misnamed !== null) {
    const message = `fence: this is ${NAMES[snippet.language]}, and its fence says ${NAMES[snippet.misnamed]}`
    return say('fails', message, { error: { ...snippet.lines[0]!.at, message, detail: [] } })
  }
  if (ofLibrary !== undefined) {
    const { file, line, message } = troubleOf(ofLibrary)
    return say('untried', `its package does not build here: ${file}:${line} ${message}`, { help: [] })
  }
  if (fault !== undefined) {
    const error = troubleOf(fault)
    if (fault.expected)
      return say('fails', `as the guide says: ${error.message}`, { error, asTold: true, help: [] })
    if (snippet.expectation === 'must fail') {
      const message = `${error.message}; the guide says another error: ${snippet.errors.slice(0, 3).join(', ')}`
      return say('fails', message, { error: { ...error, message } })
    }
    if (snippet.ignored)
      return say(
        'fragment',
        `its fence says that it is not tested, and by itself it fails: ${error.message}`,
        { help: [] },
      )
    if (snippet.elided)
      return say('fragment', `it leaves something out, and so cannot be tried: ${error.message}`, {
        help: [],
      })
    return say('fails', error.message, { error })
  }
  const untried = tried.untried.get(snippet) ?? untriedLibrary(tried)
  if (untried !== undefined) return say('untried', untried, { help: [] })
  if (snippet.language === 'toml' && snippet.elided && /^[ \t]*\[package\]/m.test(snippet.text))
    return say('fragment', 'it leaves something of the manifest out', { help: [] })
  const fragment = tried.fragments.get(snippet)
  if (fragment !== undefined) return say('fragment', fragment, { help: [] })
  // Whoever is at fault fails already, and this block may be good.
  const blamed = [...tried.faults.keys()].some(isBlamed)
  const [problem] = tried.unplaced
  const missing = !tried.compiled.has(snippet.path!)
  if (missing || (problem !== undefined && !blamed)) {
    const why = problem === undefined ? 'its file does not build' : `${problem.tool}: ${problem.message}`
    const follows = problem === undefined && blamed
    return say(follows ? 'fragment' : 'untried', `it could not be tried: ${why}`, { help: [] })
  }
  // A book marks so what its own tests cannot build without a crate.
  const lacks = base.help.some(({ kind }) => kind === 'dependency')
  if (lacks && snippet.expectation === 'must fail' && snippet.errors.length === 0 && isMarked(block))
    return say('fails', 'as its fence says, it does not compile as it stands; with these helps it does', {
      asTold: true,
    })
  if (snippet.expectation === 'must fail') {
    const message = 'it compiles, though the guide says that it does not'
    return say('fails', message, { error: { ...at(block), message, detail: [] } })
  }
  if (isCutOff(snippet, tried.snippets)) return say('fragment', 'it ends where a body begins', { help: [] })
  const condition = switchedOff(snippet, tried.project)
  if (condition !== null) return say('fragment', `it is compiled only with ${condition}`, { help: [] })
  const ran =
    runFault(snippet, tried) ??
    testFault(snippet, tried) ??
    endFault(snippet, tried) ??
    // Statements that nothing calls print nothing.
    (tried.ran === null || isWrapped(tried.project, snippet) ? null : commentFault(snippet, tried.ran))
  if (ran !== null) return say('fails', ran.message, { error: ran })
  const helped = base.help.length > 0
  if (helped) return say('builds with help', base.help.map(({ text }) => text).join('; '))
  const program = tried.ran
  if (program === null && testsPass(snippet, tried))
    return say('runs', 'it builds as it is, and its tests pass')
  // What runs only with what other blocks leave out does not run as the page gives it.
  const lacking = [...helps.program].some((other) => (helps.of.get(other)?.length ?? 0) > 0)
  if (lacking) return say('builds', 'it builds as it is; its program needs help that other blocks leave out')
  if (snippet.language === 'cmake' && !program?.command.startsWith('cmake '))
    return say('builds', 'cmake configures and builds it as it is')
  const isPart = tried.inProgram?.has(snippet.path!) ?? !program?.others.includes(snippet.path!)
  if (program?.good && !isPart && snippet.path !== 'build.rs')
    return say('builds', 'it builds as it is; it is no part of the program that was run')
  if (program?.good)
    return say('runs', `it builds as it is, and its program runs${program.unwatched ? UNWATCHED : ''}`)
  const bad = snippet.expectation === 'discouraged' ? ', though the guide advises against it' : ''
  if (program !== null) {
    const without = wantsInput(tried.project) ? ' without arguments and input' : ''
    return say('builds', `it builds as it is; its program ${program.ending}${without}`)
  }
  return say('builds', `it builds as it is${bad}`)
}

const untriedLibrary = ({ untried }: Tried): string | undefined =>
  [...untried].find(([{ role }]) => role === 'library')?.[1]

const isMarked = ({ attributes }: Block): boolean => attributes.includes('compile_fail')

const isBlamed = ({ expectation, elided }: Snippet): boolean => expectation !== 'must fail' && !elided

const at = ({ file, line, column }: Block) => ({ file, line, column })

/** A fault at the guide's own line and column. */
export function troubleOf({ problem, spot }: SnippetDiagnostic): PageDiagnostic {
  const code = problem.code === null ? '' : `[${problem.code}]`
  return {
    ...placeOf(spot),
    message: `${problem.tool}${code}: ${problem.message}`,
    detail: wordsBelow(problem.detail).slice(0, DETAIL_LINES),
  }
}

/** A compiler's words below its message, without the lines of a file that the page does not have under that number. */
function wordsBelow(detail: readonly string[]): string[] {
  return detail.flatMap((line) => {
    if (!/^\s*(?:\d+\s*)?[|+~-]|^\s*(?:-->|:::|┌─|│|=== )|^\s*\.{3}\s*$|^\s*\d+\s*│/.test(line))
      return line.trim() === '' ? [] : [line]
    // What stands beside the carets is said of the place.
    const label = /(?:\^|~|\s-{2,})[\^~-]*\s+([^|^~\s-].*)$/.exec(
      line.replace(/^\s*(?:\d+\s*)?[|│]/, ''),
    )?.[1]
    return label === undefined || /^\s*\d+\s*[|│]/.test(line) ? [] : [label.trim()]
  })
}

export function reportOf(name: string, tried: Tried, durationMs: number, kept: string | null): GroupReport {
  const { ran } = tried
  const run =
    ran === null
      ? null
      : {
          command: ran.command,
          ending: ran.ending,
          stdout: ran.outcome.stdout,
          stderr: ran.outcome.stderr,
          steady: ran.steady,
          durationMs: ran.outcome.durationMs,
        }
  return { name, run, cached: false, durationMs, kept }
}
