import { buildWithCmake } from '../build/cmake.ts'
import type { Program } from '../build/program.ts'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { listsOf, type Project } from '../project/project.ts'
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
    const folder = absentFolder(problem, project)
    if (folder !== null) known.fragments.set(script, `it uses ${folder}, which the guide does not show`)
    else if (spot !== null) known.faults.set(script, { problem, spot })
  }
  return null
}

/** The folder that a script adds and of which the page shows no file, under this path or another; or `null`. */
function absentFolder({ message }: ProjectDiagnostic, { files }: Project): string | null {
  const folder = /^add_subdirectory given source "([^"]+)" which is not an existing/.exec(message)?.[1]
  if (folder === undefined) return null
  const last = folder.split('/').at(-1)!
  return [...files.keys()].some((path) => path.split('/').slice(0, -1).includes(last)) ? null : folder
}

/** Whether a file of C++ includes what is neither of the standard nor of the page. */
const namesOther = ({ language, text }: Snippet): boolean =>
  language === 'cpp' &&
  /^[ \t]*#[ \t]*include[ \t]*<(?!sys\/|netinet\/|arpa\/)\w+(?:\/[\w./]+|\.hpp)>/m.test(text)
