import { type ChapterCoverage, tally } from './chapter.ts'

/** The coverage of the chapters for other programs: each executable line, by chapter. */
export function coverageJson(chapters: readonly ChapterCoverage[]): string {
  const reported = chapters.map(({ slug, chapter, lines, findings }) => ({
    chapter: slug,
    file: chapter.file,
    ...tally(lines),
    lines: lines
      .filter(({ state }) => state !== 'inert')
      .map(({ line, state, times, example, reason }) => ({
        line,
        source: example.source.path,
        state,
        times,
        ...(state === 'excused' ? { reason: reason!.why } : {}),
      })),
    findings,
  }))
  return `${JSON.stringify(reported, null, 1)}\n`
}
