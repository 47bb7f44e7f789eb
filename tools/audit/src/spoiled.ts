import { assemble } from './assemble.ts'
import { noBlame } from './blame.ts'
import type { Stage } from './stage.ts'
import type { Tried } from './try.ts'

/**
 * What came of a stage whose commands left its folder so that it cannot be worked in: a file where a folder has to be.
 * An error of another kind is a bug.
 */
export function spoiled(stage: Stage, error: unknown): Tried {
  if (!(error instanceof Error && 'syscall' in error)) throw error
  const message = `what it ran spoiled the folder that it was tried in: ${error.message}`
  const problem = {
    path: '',
    line: 1,
    column: 1,
    code: null,
    message,
    detail: [],
    notes: [],
    suggestions: [],
  }
  const { faults, fragments, untried } = noBlame()
  const unplaced = [{ tool: 'run' as const, ...problem }]
  return {
    subjects: stage.subjects,
    assembled: assemble(stage),
    faults,
    fragments,
    untried,
    compiled: new Set(),
    unplaced,
    ran: null,
  }
}
