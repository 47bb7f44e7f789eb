import type { Example, Reason } from '../chapter/chapter.ts'
import { columnAt } from '../text/text.ts'
import type { PatternPackage } from './pattern-package.ts'
import { sourceOf } from './source.ts'

/** A line of Rust or C++ that a chapter shows. */
export type ShownLine = {
  /** In the chapter; the column is that of its first character. */
  line: number
  column: number
  text: string
  example: Example
  /** `inert`: there is no code in it, so that it cannot run. */
  state: 'ran' | 'never-ran' | 'excused' | 'inert'
  /** How often all programs and tests together ran it. */
  times: number
  reason: Reason | null
}

/** How often each line that holds code ran, by path from the package's folder. */
export type RunCounts = ReadonlyMap<string, ReadonlyMap<number, number>>

const CODE = /\.(?:rs|cc|cpp|cxx|h|hh|hpp)$/
/** What must not compile never runs, and another check sees to it. */
const REJECTED = /^reject\//

/** A lone bracket is no work of anybody's: what g++ counts there is the cleaning up after an exception. */
const WORD = /\w/

/** Which of the lines of Rust and C++ that a chapter shows ran, and which of them have an excuse. */
export function shownLines(pkg: PatternPackage, counts: RunCounts): ShownLine[] {
  const { chapter } = pkg
  return chapter.examples.flatMap((example) => {
    const { path } = example.source
    if (!CODE.test(path) || REJECTED.test(path)) return []
    const reasons = chapter.reasons.filter((reason) => reason.example === example)
    const sources = sourceOf(pkg, example)?.lines ?? []
    return example.text.split('\n').map((text, at): ShownLine => {
      const line = example.contentLine + at
      const times = WORD.test(text) ? counts.get(path)?.get(sources[at] ?? 0) : undefined
      const reason = reasons.find(({ code }) => code === text.trim()) ?? null
      const column = columnAt(chapter.text.lines[line - 1] ?? '', example.indents[at] ?? 0)
      const place = { line, column: column + (text.length - text.trimStart().length), text, example, reason }
      if (times === undefined) return { ...place, state: 'inert', times: 0 }
      const state = times > 0 ? 'ran' : reason === null ? 'never-ran' : 'excused'
      return { ...place, state, times }
    })
  })
}
