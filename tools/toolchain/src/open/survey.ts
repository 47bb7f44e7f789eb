import type { FloorName } from '../probe/floors.ts'
import { NEEDS, type Need, readAllNeeds } from '../probe/needs.ts'
import { ask, askNeed, findCxx, probe } from '../probe/probe.ts'
import type { Tool } from '../probe/toolchain.ts'
import { hostEnvironment } from '../process/environment.ts'
import { questions } from './open-host.ts'

/** A need of some patterns, as this machine has it. */
export type SurveyedNeed = { tool: Tool; slugs: readonly string[] }

/** Every tool that the project can use on this machine, found or not. */
export type Survey = { host: Tool[]; needs: SurveyedNeed[]; docker: Tool[] }

export async function survey(root: string): Promise<Survey> {
  const environment = { ...hostEnvironment(), ...dockerVariables() }
  const run = questions(root, environment)
  const cxx = findCxx(environment.PATH ?? '', root, environment.CXX)
  const users = await patternsByNeed(root)
  const asking = (name: FloorName, program: string, ...args: string[]) =>
    ask(run, root, name, program, ...args)
  const [node, npm, tools, needs, client, engine, compose, plugin] = await Promise.all([
    asking('node', 'node', '--version'),
    asking('npm', 'npm', '--version'),
    probe(run, root, cxx),
    Promise.all(
      [...users].map(async ([need, slugs]) => ({ tool: await askNeed(run, root, cxx, need), slugs })),
    ),
    asking('docker', 'docker', '--version'),
    asking('docker-engine', 'docker', 'version', '--format', '{{.Server.Version}}'),
    asking('docker-compose', 'docker-compose', '--version'),
    asking('docker-compose', 'docker', 'compose', 'version'),
  ])
  return {
    host: [node, npm, ...tools],
    needs,
    docker: [client, { ...engine, program: 'docker engine' }, compose.version === null ? plugin : compose],
  }
}

async function patternsByNeed(root: string): Promise<Map<Need, string[]>> {
  const users = new Map<Need, string[]>()
  for (const { slug, read } of await readAllNeeds(root))
    for (const need of 'needs' in read ? read.needs : []) users.set(need, [...(users.get(need) ?? []), slug])
  return new Map(NEEDS.flatMap((need) => (users.has(need) ? [[need, users.get(need)!]] : [])))
}

function dockerVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('DOCKER_') && value !== undefined ? [[name, value]] : [],
    ),
  )
}
