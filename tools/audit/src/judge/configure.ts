import { buildWithCmake } from '../build/cmake.ts'
import type { Program } from '../build/program.ts'
import { listsOf } from '../project/project.ts'
import { spotOf } from '../project/where.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { State } from './fix-problems.ts'

/**
 * Builds with CMake, where all that it builds is good: otherwise `script` would be blamed for what is not. Gives the
 * program that CMake makes.
 */
export async function configure(state: State, script: Snippet, fails: boolean): Promise<Program | null> {
  const { bench, project, known, present, compiled } = state
  if (fails) {
    known.untried.set(script, 'it could not be tried: what it builds fails by itself')
    return null
  }
  const configured = await buildWithCmake(bench, project)
  if (configured.kind === 'builds') {
    for (const path of listsOf(project)) compiled.add(path)
    return configured.program
  }
  if (configured.kind === 'untried') {
    known.untried.set(script, configured.reason)
    // What is built with what CMake fetches, is not built without.
    for (const snippet of present)
      if (configured.fetches && namesOther(snippet)) known.untried.set(snippet, configured.reason)
  } else {
    const { problem } = configured
    const spot = spotOf(project, problem)
    if (spot !== null) known.faults.set(script, { problem, spot })
  }
  return null
}

/** Whether a file of C++ includes what is neither of the standard nor of the page. */
const namesOther = ({ language, text }: Snippet): boolean =>
  language === 'cpp' &&
  /^[ \t]*#[ \t]*include[ \t]*<(?!sys\/|netinet\/|arpa\/)\w+(?:\/[\w./]+|\.hpp)>/m.test(text)
