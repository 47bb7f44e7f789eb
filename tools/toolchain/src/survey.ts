import { hostEnvironment } from './environment.ts'
import type { FloorName } from './floors.ts'
import { runOnHost } from './host.ts'
import { ask, findCxx, probe } from './probe.ts'
import type { Tool } from './toolchain.ts'

/** Every tool that the project can use on this machine, found or not: those of the host, then those of Docker. */
export async function survey(root: string): Promise<{ host: Tool[]; docker: Tool[] }> {
  const environment = { ...hostEnvironment(), ...dockerVariables() }
  const run = (command: Parameters<typeof runOnHost>[0]) => runOnHost(command, environment)
  const cxx = await findCxx(run, root, environment.CXX)
  const asking = (name: FloorName, program: string, ...args: string[]) =>
    ask(run, root, name, program, ...args)
  const [node, npm, tools, client, engine, compose, plugin] = await Promise.all([
    asking('node', 'node', '--version'),
    asking('npm', 'npm', '--version'),
    probe(run, root, cxx),
    asking('docker', 'docker', '--version'),
    asking('docker-engine', 'docker', 'version', '--format', '{{.Server.Version}}'),
    asking('docker-compose', 'docker-compose', '--version'),
    asking('docker-compose', 'docker', 'compose', 'version'),
  ])
  return {
    host: [node, npm, ...tools],
    docker: [client, { ...engine, program: 'docker engine' }, compose.version === null ? plugin : compose],
  }
}

function dockerVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('DOCKER_') && value !== undefined ? [[name, value]] : [],
    ),
  )
}
