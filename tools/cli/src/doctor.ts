import { styleText } from 'node:util'
import { findPatterns } from '@cookbook/guide'
import { openToolchain, type Shortfall, shortfalls, survey, type Tool } from '@cookbook/toolchain'
import { complain, type Refused, readArguments, readSlugs, spell } from './command-line.ts'
import { COMMANDS } from './commands.ts'

export const OPTIONS = { json: { type: 'boolean', default: false, help: 'what was found as JSON' } } as const

/**
 * Shows every tool, what it needs to be, and whether the guide can be verified here, or the patterns of it that are
 * named. Answers the exit code.
 */
export async function doctor(root: string, args: readonly string[] = []): Promise<number> {
  const read = readDoctor(args, await findPatterns(root))
  if (read.kind === 'refused') {
    complain(spell(COMMANDS.doctor, read))
    return 2
  }
  const { slugs, json } = read
  const { host, needs: all, docker } = await survey(root)
  const needs = all.flatMap(({ tool, slugs: users }) => {
    const wanted = users.filter((slug) => slugs.includes(slug))
    return wanted.length === 0 ? [] : [{ tool, slugs: wanted }]
  })
  const opened = await openToolchain(root, 'host')
  const where = [
    ...(opened.kind === 'open' ? ['on the host'] : []),
    ...(shortfalls(docker).length === 0 ? ['in Docker'] : []),
  ]
  if (json) console.log(JSON.stringify(asData({ host, needs, docker }, where), null, 2))
  else show({ host, needs, docker }, where)
  return where.length > 0 ? 0 : 3
}

/** What was typed: all patterns where none is named. */
function readDoctor(
  args: readonly string[],
  patterns: readonly string[],
): { kind: 'doctor'; slugs: readonly string[]; json: boolean } | Refused {
  const parsed = readArguments(COMMANDS.doctor, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const named = readSlugs(COMMANDS.doctor, parsed.words, patterns)
  return named.kind === 'refused' ? named : { kind: 'doctor', slugs: named.slugs, json: parsed.values.json }
}

type Survey = Awaited<ReturnType<typeof survey>>

function asData({ host, needs, docker }: Survey, where: readonly string[]) {
  const tools = (found: readonly Tool[]) => {
    const lacking = new Map(shortfalls(found).map((shortfall) => [shortfall.tool, shortfall]))
    return found.map((tool) => {
      const { floor = null, needed = false, install = null } = lacking.get(tool) ?? {}
      return {
        program: tool.program,
        version: tool.version,
        good: !lacking.has(tool),
        floor,
        needed,
        install,
      }
    })
  }
  const beyond = tools(needs.map(({ tool }) => tool)).map((tool, at) => ({ ...tool, for: needs[at]!.slugs }))
  return {
    format: 'cookbook-doctor',
    version: 1,
    verifies: where,
    host: tools(host),
    needs: beyond,
    docker: tools(docker),
  }
}

function show({ host, needs, docker }: Survey, where: readonly string[]): void {
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
  if (where.length > 0) console.log(`the guide can be verified ${where.join(' and ')}`)
  else console.log('the guide cannot be verified here: install what is missing in one of the two lists')
}

type Verdict = (shortfall: Shortfall | undefined, tool: Tool) => string

function section(title: string, tools: readonly Tool[], say: Verdict): void {
  if (tools.length === 0) return
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
