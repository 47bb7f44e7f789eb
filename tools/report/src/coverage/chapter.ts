import type { Chapter, Finding, ShownLine } from '@cookbook/guide'

/** What a covered run of one chapter saw. */
export type ChapterCoverage = {
  slug: string
  chapter: Chapter
  lines: readonly ShownLine[]
  /** What is wrong with it, and what its runner found. */
  findings: readonly Finding[]
}

/** How many of a chapter's lines of Rust and C++ did what. */
export type Tally = { shown: number; executable: number; ran: number; excused: number; missed: number }

export function tally(lines: readonly ShownLine[]): Tally {
  const count = (state: ShownLine['state']) => lines.filter((line) => line.state === state).length
  const shown = lines.filter(({ text }) => text.trim() !== '').length
  const [ran, excused, missed] = [count('ran'), count('excused'), count('never-ran')]
  return { shown, executable: ran + excused + missed, ran, excused, missed }
}

/** Of all chapters. */
export function tallyAll(chapters: readonly ChapterCoverage[]): Tally {
  return tally(chapters.flatMap(({ lines }) => lines))
}
