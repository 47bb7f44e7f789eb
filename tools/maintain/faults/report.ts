import { escapeOutput } from '@cookbook/guide'
import type { Found } from './finding.ts'
import { RIVALS } from './rivals.ts'
import type { Rank, Scored } from './score.ts'

const KINDS = ['Rust', 'C++', 'TOML', 'build.rs', 'shell', 'prose'] as const

/** A fault as it is judged, with what was said instead where it was not found at its line. */
export function oneLine({ page, fault, line, ours, said }: Scored): string {
  const head = `${ours.padEnd(9)} ${page}:${line} ${fault.by}: ${fault.name}, in ${fault.kind}`
  if (ours === 'line') return head
  return escapeOutput([head, ...said.map((one) => `    ${one.file}:${one.line} ${one.code}`)].join('\n'))
}

/** docs/faults.md. */
export function document(
  scores: readonly Scored[],
  alarms: Readonly<Record<string, readonly Found[]>>,
): string {
  const tools = ['ours', ...RIVALS]
  const ranks = (tool: string, of: readonly Scored[]) =>
    of.map(({ ours, rivals }) => (tool === 'ours' ? ours : rivals[tool]!))
  const count = (list: readonly Rank[], ...wanted: Rank[]) =>
    list.filter((one) => wanted.includes(one)).length
  const cell = (tool: string, of: readonly Scored[]) => {
    const list = ranks(tool, of)
    return `${count(list, 'line', 'block', 'elsewhere')} (${count(list, 'line')})`
  }
  const named = (tool: string) => (tool === 'ours' ? 'this project' : `\`${tool}\``)
  const kinds = KINDS.flatMap((kind) => {
    const of = scores.filter(({ fault }) => fault.kind === kind)
    return of.length === 0
      ? []
      : [`| ${kind} | ${of.length} | ${tools.map((tool) => cell(tool, of)).join(' | ')} |`]
  })
  const ours = ranks('ours', scores)
  return `# Faults

\`npm run faults\` plants faults into good pages, one at a time: ${scores.length} of them, listed below. It ends with an error when one is missed or found outside of its block, or when a page without a fault is said to have one. \`npm run faults -- --write\` writes this page.

## What finds them

How many faults are found, and in brackets how many at their very line.

| in | planted | ${tools.map(named).join(' | ')} |
|---|---|${tools.map(() => '---|').join('')}
${kinds.join('\n')}
| all | ${scores.length} | ${tools.map((tool) => cell(tool, scores)).join(' | ')} |
| false alarms: blocks of the pages without a fault | | ${tools.map((tool) => alarms[tool]!.length).join(' | ')} |

This project finds ${count(ours, 'line', 'block')} of ${scores.length} within their block, and ${count(ours, 'line')} of ${scores.length} at the exact line.

- A fault counts as found by this project when a finding of the expected kind is new; by the others, when anything that they print is new.
- "This project" is \`cookbook audit\` where a compiler or a run must notice, with the info strings of our own chapters stripped to the language; the check of the chapter's contract, and the chapter's runner, where it is about a claim, a region or an output. The list says which.
- The corpus was written with the tools at hand. Two faults that the audit missed at first were fixed in the audit, and for about ten the expected finding was written down as it was seen: what a guide leaves out is reported at its block's fence, and where a compiler may complain at either of two lines, the line is the one that it chose. So the figures guard what is found today; they do not estimate how many real mistakes would be found.
- \`rustdoc --test\` reads the Rust blocks of the page, and has the crates at hand. \`mdbook test\` gives each chapter to \`rustdoc --test\`, so it finds the same; it was not run.
- The shell loop takes the fences out and gives each to \`rustc\` or \`g++\`, with the crates and the header of cxx at hand.
- Both take each block by itself: what refers to another block is an error to them with a fault and without one. That is what the false alarms are.

## The faults

| page | fault | in | found by | line | ${RIVALS.map(named).join(' | ')} |
|---|---|---|---|---|${RIVALS.map(() => '---|').join('')}
${scores.map(row).join('\n')}
`
}

function row({ page, fault, line, ours, rivals }: Scored): string {
  const cells = [
    `[${page.split('/').at(-1) === 'README.md' ? page.split('/').at(-2) : page.split('/').at(-1)}](../${page})`,
    fault.name,
    fault.kind,
    ours === 'missed' ? '**missed**' : fault.by,
    ours === 'line' ? `${line}` : `${line}: ${ours}`,
    ...RIVALS.map((rival) => rivals[rival]!),
  ]
  return `| ${cells.join(' | ')} |`
}
