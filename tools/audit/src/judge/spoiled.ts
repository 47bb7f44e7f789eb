import { Spoiled } from '../crates/spoiled.ts'
import { projectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Snapshot } from '../placement/snapshot.ts'
import { assemble } from '../project/assemble.ts'
import { noBlame } from '../repair/attribute.ts'
import type { Tried } from './try.ts'

/** What came of a snapshot that cannot be tried any further. An error of another kind is a bug. */
export function spoiled(snapshot: Snapshot, error: unknown): Tried {
  if (!(error instanceof Spoiled)) throw error
  const { faults, fragments, untried } = noBlame()
  const { message } = error
  const unplaced = [projectDiagnostic({ tool: 'run', path: '', line: 1, column: 1, message })]
  return {
    subjects: snapshot.subjects,
    project: assemble(snapshot, new Map()),
    faults,
    fragments,
    untried,
    snippets: snapshot.snippets,
    compiled: new Set(),
    inProgram: null,
    unplaced,
    ran: null,
    tested: [],
  }
}
