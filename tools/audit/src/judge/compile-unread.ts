import { writePackage } from '../build/package.ts'
import { buildSeparately } from '../build/separately.ts'
import { standardOf } from '../project/standard.ts'
import { blame } from '../repair/attribute.ts'
import { keyOf } from '../repair/follow.ts'
import { atLines, fixProblems, type State } from './fix-problems.ts'

/**
 * Compiles and fixes what cargo had no reason to read: a header that nothing includes, a C++ file that build.rs does not
 * name. Ends after `rounds` at the latest.
 */
export async function compileUnread(state: State, rounds: number): Promise<void> {
  const { bench, project, known, compiled } = state
  const unread = [...project.files.keys()].filter(
    (path) => path !== 'build.rs' && !compiled.has(path) && /\.(?:c|cc|cpp|cxx|h|hpp|hh|rs)$/.test(path),
  )
  if (unread.length === 0) return
  for (let round = 0; round < rounds; round++) {
    await writePackage(bench, project)
    const { files, problems } = await buildSeparately(bench, project, standardOf(project))
    for (const path of files) compiled.add(path)
    const { helped, stuck } = fixProblems(
      state,
      problems.filter((problem) => unread.includes(problem.path) && !known.settled.has(keyOf(problem))),
    )
    if (helped) continue
    const placed = atLines(stuck)
    if (placed.length === 0) return
    for (const fault of placed) blame(project, known, fault)
  }
}
