import { styleText } from 'node:util'
import { openToolchain, type Shortfall, shortfalls, survey, type Tool } from '@cookbook/toolchain'
import { leave, readArguments } from './command-line.ts'
import { COMMANDS } from './commands.ts'

/** Shows every tool, what it needs to be, and whether the guide can be verified here. Answers the exit code. */
export async function doctor(root: string, args: readonly string[] = []): Promise<number> {
  const parsed = readArguments(COMMANDS.doctor, args, {})
  if (parsed.kind === 'refused') leave(COMMANDS.doctor, parsed)
  const { host, needs, docker } = await survey(root)
  section('on the host', host, verdict)
  section(
    'what some chapters need on the host',
    needs.map(({ tool }) => tool),
    (shortfall, tool) => {
      const slugs = needs.find((need) => need.tool === tool)!.slugs.join(', ')
      return shortfall === undefined ? `${verdict(undefined)}, for ${slugs}` : missing(shortfall, slugs)
    },
  )
  section('for Docker', docker, verdict)
  const opened = await openToolchain(root, 'host')
  const dockerIsThere = shortfalls(docker).length === 0
  const can = [...(opened.kind === 'open' ? ['on the host'] : []), ...(dockerIsThere ? ['in Docker'] : [])]
  if (can.length > 0) console.log(`the guide can be verified ${can.join(' and ')}`)
  else console.log('the guide cannot be verified here: install what is missing in one of the two lists')
  return can.length > 0 ? 0 : 1
}

type Verdict = (shortfall: Shortfall | undefined, tool: Tool) => string

function section(title: string, tools: readonly Tool[], say: Verdict): void {
  const lacking = new Map(shortfalls(tools).map((shortfall) => [shortfall.tool, shortfall]))
  const width = Math.max(...tools.map(({ program }) => program.length))
  console.log(styleText('bold', title))
  for (const tool of tools) {
    const version = (tool.version ?? 'missing').padEnd(10)
    console.log(`  ${tool.program.padEnd(width)}  ${version} ${say(lacking.get(tool), tool)}`)
  }
  console.log()
}

function verdict(shortfall: Shortfall | undefined): string {
  if (shortfall === undefined) return styleText('green', 'good')
  const { needed } = shortfall
  return styleText(needed ? 'red' : 'yellow', `${needed ? '' : 'optional: '}${wanted(shortfall)}`)
}

function missing(shortfall: Shortfall, slugs: string): string {
  const provided = `for ${slugs}: npm run verify downloads it below target/, or ${wanted(shortfall)}`
  return styleText('yellow', provided)
}

function wanted({ floor, install }: Shortfall): string {
  return `${floor === null ? '' : `${floor} or newer, `}${install}`
}
