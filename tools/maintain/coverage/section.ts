import type { CoverageResults } from './results.ts'

/** The part of `docs/measurements.md` that tells what ran of what is shown; nothing where nothing was kept. */
export function coverageSection(results: CoverageResults): string {
  const chapters = Object.entries(results)
  if (chapters.length === 0) return ''
  const rows = chapters.map(([slug, { shown, executable, ran, excused, tools, date }]) => {
    const cells = [`[${slug}](../patterns/${slug}/README.md)`, shown, executable, ran, excused, tools, date]
    return `| ${cells.join(' | ')} |`
  })
  const sum = (of: 'executable' | 'ran' | 'excused') =>
    chapters.reduce((all, [, counts]) => all + counts[of], 0)
  return `
## What ran of what is shown

\`npm run coverage -- --keep\` runs the programs and tests of the chapters from builds that count, by LLVM's coverage for Rust and gcov for C++, on the host. The lines are those of Rust and C++ that the chapters show, blank ones aside; a line that never runs has its reason in the chapter. A chapter in which a line has none is not kept.

| chapter | lines shown | with code | ran | with a reason | by | date |
|---|--:|--:|--:|--:|---|---|
${rows.join('\n')}

Of ${sum('executable')} lines with code ${sum('ran')} ran, and ${sum('excused')} have a reason.
`
}
