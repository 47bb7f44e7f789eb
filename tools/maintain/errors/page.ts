import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reason } from '@cookbook/cli/command-line'
import { CAUSES, type FindingCode, OLD_CODES } from '@cookbook/guide'
import { badNames, badUsage, noToolchain } from './refusals.ts'

/** A finding as a fixture's snapshot has it. */
export type Sample = { code: string; fixture: string; lines: readonly string[] }

/** The snapshots in which findings are kept: each is of something broken, and of what is then said of it. */
const SNAPSHOTS = [
  'tools/guide/fixtures/*/findings.txt',
  'tools/harness/fixtures/cases/*.txt',
  'tools/maintain/errors/fixtures/*.txt',
  'tools/maintain/system/greens/*.txt',
]
const USAGE_ERRORS = 'tools/maintain/errors/fixtures/usage.txt'
const FIRST = /^\S+:\d+:\d+ ([a-z][a-z0-9-]*): /

/** Every finding of every snapshot. */
export function samples(root: string): Sample[] {
  return SNAPSHOTS.flatMap((pattern) => globSync(pattern, { cwd: root }).sort()).flatMap((fixture) => {
    const found: (Sample & { lines: string[] })[] = []
    let open = false
    for (const line of readFileSync(join(root, fixture), 'utf8').split('\n')) {
      const code = FIRST.exec(line)?.[1]
      if (code !== undefined) found.push({ code, fixture, lines: [line] })
      else if (open && line.startsWith('  ')) found.at(-1)!.lines.push(line)
      open = code !== undefined || (open && line.startsWith('  '))
    }
    return found
  })
}

/** docs/errors.md: each problem with its cause, an example of it as it is shown, and what to do. */
export function page(root: string): string {
  const all = samples(root)
  const entries = (Object.keys(CAUSES) as FindingCode[]).sort().map((code) => entry(code, all))
  const reported = (refusals: Readonly<Record<string, Reason>>) =>
    Object.values(refusals).map(
      ({ problem, fix }) => `- ${inline(problem.replaceAll('\n', ' '))} What to do: ${inline(fix)}`,
    )
  const names = badNames.map((said) => `- ${inline(said)}`)
  return [
    `${INTRODUCTION}\n${entries.join('\n')}`,
    `## No toolchain\n\nNothing is verified without compilers (\`npm run doctor\` lists them), or where nothing can be written.\n\n${reported(noToolchain).join('\n')}\n`,
    `## A command that cannot be understood\n\nNothing is done, the exit code is 2, and the second line shows how it is typed. Here in a guide of two chapters.\n\n\`\`\`text\n${readFileSync(join(root, USAGE_ERRORS), 'utf8')}\`\`\`\n\nFixture: \`${USAGE_ERRORS}\`.\n`,
    `## A name that is not accepted\n\n\`npm run new\` makes nothing, and says what to type.\n\n${names.join('\n')}\n`,
    `## A command that does not begin\n\n\`npm run matrix\` and \`npm run coverage\` verify nothing, exit with code 2, and say what to do.\n\n${reported(badUsage).join('\n')}\n`,
  ].join('\n')
}

const INTRODUCTION = `# What can be wrong

Every finding has a code, says where it is, what was found and what was expected, and ends with what to do. This page lists every code, with an example from a fixture of this repository. It is generated from \`tools/guide/src/finding/causes.ts\` and the fixtures' snapshots: \`npx vitest run tools/maintain/errors -u\` writes it.
`

function entry(code: FindingCode, all: readonly Sample[]): string {
  const example = exampleOf(code, all)
  const cause = `${CAUSES[code]}${formerly(code)}`
  if (example === undefined) return `## ${code}\n\n${cause}\n`
  const fix = example.lines.at(-1)!.trim()
  const fence = '`'.repeat(Math.max(3, ...example.lines.flatMap(longestRun)) + 1)
  const shown = [`${fence}text`, ...example.lines, fence].join('\n')
  return `## ${code}\n\n${cause}\n\n${shown}\n\nWhat to do here: ${inline(fix)} Fixture: \`${example.fixture}\`.\n`
}

/** The name that the code had before, for those who search for it. */
function formerly(code: FindingCode): string {
  const old = [...OLD_CODES].flatMap(([name, now]) => (now === code ? [name] : []))
  return old.length === 0 ? '' : ` Formerly ${old.map((name) => `\`${name}\``).join(', ')}.`
}

/** The one that says it in the fewest lines, and of these in the fewest letters. */
function exampleOf(code: FindingCode, all: readonly Sample[]): Sample | undefined {
  const size = ({ lines }: Sample) => lines.length * 10_000 + lines.join('').length
  return all.filter((sample) => sample.code === code).toSorted((a, b) => size(a) - size(b))[0]
}

const longestRun = (line: string) => (line.match(/`+/g) ?? []).map((run) => run.length)

/** As code, whatever it holds. */
function inline(text: string): string {
  const mark = '`'.repeat(Math.max(0, ...longestRun(text)) + 1)
  const space = mark.length > 1 ? ' ' : ''
  return `${mark}${space}${text}${space}${mark}.`
}
