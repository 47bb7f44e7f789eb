import type { Verdict } from '@cookbook/audit'
import { CHECKED, issuesOf, type Judged } from './checked.ts'
import { GUIDES, type PublicGuide } from './guides.ts'
import type { GuideResult, Red, Results } from './results.ts'

const VERDICTS: readonly Verdict[] = [
  'runs',
  'builds',
  'builds with help',
  'fails',
  'fragment',
  'untried',
  'not code',
]
const JUDGED: Readonly<Record<Judged['as'] | 'unchecked', string>> = {
  defect: 'a defect of the guide',
  'left out': 'left to the reader',
  audit: 'the audit is wrong',
  unchecked: 'not checked yet',
}

type Row = { guide: PublicGuide; result: GuideResult }

/** docs/public-guides.md. */
export function page({ toolchain, guides }: Results): string {
  const rows = GUIDES.flatMap((guide) => {
    const result = guides[guide.name]
    return result === undefined ? [] : [{ guide, result }]
  })
  return `# Public guides

What \`cookbook audit\` says of ${rows.length} public guides, as they were at one commit each, with ${toolchain}. A guide is named here because many people read it; no figure says how good it is: most of these blocks were never meant to be compiled by themselves.

\`npm run public-guides -- FOLDER\` audits the clones that lie in FOLDER under the names of the first column, and writes this page; it downloads none. \`npm run public-guides -- FOLDER cxx\` does one of them again.

| guide | commit | blocks | ${VERDICTS.join(' | ')} | time |
|---|---|---|${VERDICTS.map(() => '---|').join('')}---|
${rows.map(figures).join('\n')}

- \`fails\` counts blocks that fail and whose page does not say so; in brackets, those that fail as it says.
- The time is of an audit without a cache, the building of crates included, on two processors that did much other work.
- \`--trust\` was not used: everything ran in the sandbox.

## What a person found

Each block that \`fails\` was looked at. What is called a defect was reproduced by hand with \`cargo\` or \`g++\`, without the audit.

| guide | ${Object.values(JUDGED).join(' | ')} |
|---|${Object.values(JUDGED)
    .map(() => '---|')
    .join('')}
${rows.map(counts).join('\n')}

${rows.map(reds).filter(Boolean).join('\n\n')}

## What they showed of the audit

Before, the audit said of 15 blocks of cppcoro, 17 of modern-cpp-features and 13 of comprehensive-rust that they fail, and of two blocks of comprehensive-rust, of which it had read nothing, that they build. A case holds each cause that is gone:

- a type that only an excerpt declares, a template behind \`typename\`, and globals of one name in two sections: [library-in-excerpts](../tools/audit/fixtures/cases/library-in-excerpts.md)
- names of C++20 whose headers a page leaves out: [headers-of-std](../tools/audit/fixtures/cases/headers-of-std.md)
- \`compile_fail\` on a block that only lacks a crate: [compile-fail-for-a-crate](../tools/audit/fixtures/cases/compile-fail-for-a-crate.md)
- an anchor that is never closed, which mdBook shows to the end, and a block whose include is missing: [anchor-without-end](../tools/audit/fixtures/cases/anchor-without-end/src/sum.md)
- a lone name, a minus at the beginning and braces within template arguments, taken for declarations: [statements-and-names](../tools/audit/fixtures/cases/statements-and-names.md)

What is listed above as a mistake of the audit is known and not gone.

## A sample

Some blocks were given a verdict by hand, by the same compilers and without the audit.

| guide | blocks | the same |
|---|---|---|
${rows.map(agreement).join('\n')}

${rows.flatMap(disagreements).join('\n')}

## Issues that could be sent

Nobody has sent them. Each is of a defect above.

${rows
  .flatMap(({ guide }) => issuesOf(guide.name).map((text) => `### ${guide.repository}: ${text}`))
  .join('\n\n')}
`
}

function figures({ guide, result }: Row): string {
  const { commit, committed, blocks, verdicts, asTold, seconds } = result
  const cells = VERDICTS.map((verdict) => {
    const count = verdicts[verdict] ?? 0
    return verdict === 'fails' && asTold > 0 ? `${count - asTold} (${asTold})` : `${count}`
  })
  return `| ${link(guide)} | \`${commit.slice(0, 8)}\`, ${committed} | ${blocks} | ${cells.join(' | ')} | ${seconds} s |`
}

const link = ({ name, repository }: PublicGuide) => `[${name}](https://github.com/${repository})`

/** What was found by hand at the same commit. */
function judgedOf({ guide, result }: Row, { file, line }: Red): Judged | null {
  const checked = CHECKED[guide.name]
  return checked?.commit === result.commit ? (checked.red[`${file}:${line}`] ?? null) : null
}

function counts(row: Row): string {
  const of = Map.groupBy(row.result.red, (red) => judgedOf(row, red)?.as ?? 'unchecked')
  return `| ${row.guide.name} | ${Object.keys(JUDGED)
    .map((as) => of.get(as as Judged['as'])?.length ?? 0)
    .join(' | ')} |`
}

function reds(row: Row): string {
  const lines = row.result.red.map((red) => {
    const judged = judgedOf(row, red)
    const what = judged === null ? JUDGED.unchecked : `**${JUDGED[judged.as]}**: ${judged.why}`
    return `- \`${red.at}\` ${code(red.message)}: ${what}`
  })
  return lines.length === 0 ? '' : [`### ${row.guide.name}`, '', ...lines].join('\n')
}

/** A compiler's words, which may have backticks of their own. */
const code = (text: string) => `\`\` ${text.replaceAll('\n', ' ')} \`\``

function sampleOf({ guide, result }: Row) {
  const checked = CHECKED[guide.name]
  if (checked?.commit !== result.commit) return []
  return Object.entries(checked.sample).map(([at, byHand]) => ({ at, byHand, audited: result.sampled[at] }))
}

function agreement(row: Row): string {
  const sample = sampleOf(row)
  return `| ${row.guide.name} | ${sample.length} | ${sample.filter(({ byHand, audited }) => byHand === audited).length} |`
}

function disagreements(row: Row): string[] {
  return sampleOf(row)
    .filter(({ byHand, audited }) => byHand !== audited)
    .map(({ at, byHand, audited }) => `- ${row.guide.name}, \`${at}\`: ${byHand} by hand, ${audited} audited`)
}
