import type { Bench } from '../build/package.ts'
import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Snapshot } from '../placement/snapshot.ts'
import type { Project } from '../project/project.ts'
import { spotOf } from '../project/where.ts'
import type { Blame, SnippetDiagnostic } from '../repair/attribute.ts'
import { type Case, shareHelps } from '../repair/fix.ts'
import { consequence, rootsOf } from '../repair/follow.ts'
import { cxxFixes } from '../repair/help-cxx.ts'
import { rustFixes } from '../repair/help-rust.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** A snapshot's package while it is tried; each round changes it. */
export type State = {
  bench: Bench
  project: Project
  reserve: Snapshot['reserve']
  /** The snippets that the package holds: a fix may pull in more. */
  present: Set<Snippet>
  known: Blame
  /** The files that a compiler found good, by their path in the package. */
  compiled: Set<string>
  /** Whether it is several packages, of which each is as the page has it: no help changes them. */
  isWorkspace: boolean
}

/**
 * Tries on each problem what a reader would: `stuck` are those that no fix is for. Of the problems of one compiler only
 * the first of these is there, as the others may follow from it.
 */
export function fixProblems(
  { project, reserve, present, known, isWorkspace }: State,
  problems: readonly ProjectDiagnostic[],
): { helped: boolean; stuck: Case[] } {
  const groups = rootsOf(problems).map((group) =>
    group.map((problem): Case => ({ project, reserve, present, problem, spot: spotOf(project, problem) })),
  )
  const all = groups.flat()
  const fixes = isWorkspace ? [] : [...rustFixes, ...cxxFixes]
  const stuck: Case[] = []
  let helped = false
  for (const group of groups)
    for (const at of group) {
      const before = project.helps.length
      const fix = consequence(at.problem, known.gone) === null ? fixes.find((fix) => fix(at)) : undefined
      if (fix === undefined) {
        stuck.push(at)
        break
      }
      helped = true
      shareHelps(project.helps.slice(before), fix, all)
    }
  return { helped, stuck }
}

/** Those of the problems that are at a line of the guide. */
export const atLines = (stuck: readonly Case[]): SnippetDiagnostic[] =>
  stuck.flatMap(({ problem, spot }) => (spot === null ? [] : [{ problem, spot }]))
