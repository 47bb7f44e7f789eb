import { describeExit, exitStatusOf, type Outcome } from '@cookbook/toolchain'
import { type ProjectDiagnostic, projectDiagnostic } from '../diagnostic/project-diagnostic.ts'

/** Whether a compiler had nothing to say against it. */
export const good = (outcome: Outcome): boolean => outcome.kind === 'exited' && outcome.code === 0

/**
 * The problems of a file that its compiler did not accept: `found`, or where no line is named, that the compiler was
 * ended by a limit or a signal, or ran out of memory.
 */
export function problemsOf(
  outcome: Outcome,
  found: readonly ProjectDiagnostic[],
  tool: 'C++' | 'rustc',
  path: string,
): readonly ProjectDiagnostic[] {
  if (found.length > 0) return found
  const said = outcome.kind === 'exited' ? outcome.stderr.trim().split('\n').at(-1)! : ''
  const message = `the compiler ${describeExit(exitStatusOf(outcome))}${said === '' ? '' : `: ${said}`}`
  const place = { path, unit: path, line: 1, column: 1 }
  return [projectDiagnostic({ tool, ...place, message, unfinished: true })]
}

/** Two at a time: as many as most machines have processors to spare. */
export async function inPairs<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await work(items[at]!, at)
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
