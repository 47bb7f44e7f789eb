import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Project } from '../project/project.ts'
import type { Spot } from '../project/where.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** What a fix works on. `reserve` is what other sections show. */
export type Case = {
  project: Project
  reserve: readonly Snippet[]
  present: Set<Snippet>
  problem: ProjectDiagnostic
  spot: Spot | null
}

/** Tries one thing that a reader would; false when it is not for this problem, or has been tried. */
export type Fix = (at: Case) => boolean

/** Whose need a help is. */
export const inNeed = ({ spot }: Case): Snippet[] => (spot === null ? [] : [spot.snippet])

/** The names that rustc does not find. */
export function missingNames({ message, code }: ProjectDiagnostic): string[] {
  if (
    code === null ||
    !['E0432', 'E0433', 'E0425', 'E0412', 'E0405', 'E0422', 'E0404', 'E0423', 'E0531', 'E0463'].includes(code)
  ) {
    const macro = /^cannot find (?:\w+ )*macro `(\w+)`/.exec(message)?.[1]
    return macro === undefined ? [] : [macro]
  }
  return [...message.matchAll(/`([^`]+)`/g)].flatMap(([, path]) =>
    path!.split('::').filter((word) => /^\w+$/.test(word)),
  )
}
