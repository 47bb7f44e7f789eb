import { styleText } from 'node:util'
import { openToolchain, type Shortfall, shortfalls, survey, type Tool } from '@cookbook/toolchain'

/** `npm run doctor`: every tool, its version, its floor and what to install. Exit code 0 when the guide can be verified. */
export async function doctor(root: string): Promise<number> {
  const { host, docker } = await survey(root)
  section('on the host', host)
  section('for Docker', docker)
  const opened = await openToolchain(root, 'host')
  const dockerIsThere = shortfalls(docker).length === 0
  const can = [...(opened.kind === 'open' ? ['on the host'] : []), ...(dockerIsThere ? ['in Docker'] : [])]
  if (can.length > 0) console.log(`the guide can be verified ${can.join(' and ')}`)
  else console.log('the guide cannot be verified here: install what is missing in one of the two lists')
  return can.length > 0 ? 0 : 1
}

function section(title: string, tools: readonly Tool[]): void {
  const lacking = new Map(shortfalls(tools).map((shortfall) => [shortfall.tool, shortfall]))
  const width = Math.max(...tools.map(({ program }) => program.length))
  console.log(styleText('bold', title))
  for (const tool of tools) {
    const version = (tool.version ?? 'missing').padEnd(10)
    console.log(`  ${tool.program.padEnd(width)}  ${version} ${verdict(lacking.get(tool))}`)
  }
  console.log()
}

function verdict(shortfall: Shortfall | undefined): string {
  if (shortfall === undefined) return styleText('green', 'good')
  const { floor, needed, install } = shortfall
  const wanted = floor === null ? '' : `${floor} or newer, `
  return styleText(needed ? 'red' : 'yellow', `${needed ? '' : 'optional: '}${wanted}${install}`)
}
