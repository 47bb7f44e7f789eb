import { cellAtHand } from '../probe/cell.ts'
import type { Need } from '../probe/needs.ts'
import { identify, identifySeeds } from '../probe/probe.ts'
import { shortfalls } from '../probe/shortfalls.ts'
import type { Opened } from '../probe/toolchain.ts'
import type { Command, Outcome } from '../process/command.ts'
import { PLAIN_MESSAGES, setOf } from '../process/environment.ts'
import { bringUp } from './compose/bring-up.ts'
import { composeDown } from './compose/compose.ts'
import { execute } from './engine/exec.ts'
import { lost, noCompose, notUp, type Problem, tooOld } from './engine/messages.ts'
import { type Caller, type Project, projectOf } from './image/project.ts'
import { lookAtFetch, lookAtToolchain } from './look.ts'

export type DockerOptions = {
  /** What is asked for beyond compilers; the image has all of it. */
  needs?: readonly Need[]
  /** Hears of slow steps: pulling, building, starting. */
  progress?: (line: string) => void
  /** Who runs the commands and owns what they write; the caller, unless a test says otherwise. */
  user?: Caller
}

const CXX = 'g++'
const PROXIES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/**
 * The toolchain in the checkout's container. The container is brought up when it is not there or not as
 * docker/ now describes it; one that is there costs one `docker exec`. It stays up until `closeDocker`.
 */
export async function openDocker(root: string, options: DockerOptions = {}): Promise<Opened> {
  const project = projectOf(root, options.user)
  const show = options.progress ?? (() => {})
  const cell = cellAtHand()
  const cxx = cell?.cxx ?? CXX
  const needs = options.needs ?? []
  const tools = await bringUp({
    project,
    service: 'toolchain',
    look: () => lookAtToolchain(project, cxx, needs),
    show,
  })
  if ('problem' in tools) return { kind: 'unavailable', ...tools }
  const answers: readonly string[] = needs
  const lacking = shortfalls(tools).filter(({ tool, needed }) => needed || answers.includes(tool.name))
  if (lacking.length > 0) return { kind: 'unavailable', ...tooOld(project.image, lacking) }
  const run = (command: Command) =>
    command.network ? runInFetch(project, command, show) : runIn(project.name, command, cxx)
  return {
    kind: 'open',
    toolchain: {
      kind: 'docker',
      id: identify('docker', tools, cell),
      seeds: identifySeeds(
        'docker',
        tools.filter(({ name }) => !answers.includes(name)),
        cell,
      ),
      tools,
      missing: [],
      run,
    },
  }
}

/** Stops and removes the containers of a checkout; the image stays. */
export async function closeDocker(
  root: string,
  user?: Caller,
): Promise<{ kind: 'closed' } | ({ kind: 'failed' } & Problem)> {
  const composed = await composeDown(projectOf(root, user))
  if (composed.kind === 'done') return { kind: 'closed' }
  return { kind: 'failed', ...(composed.code === 127 ? noCompose() : notUp(composed.said)) }
}

async function runInFetch(
  project: Project,
  command: Command,
  show: (line: string) => void,
): Promise<Outcome> {
  const up = await bringUp({ project, service: 'fetch', look: () => lookAtFetch(project), show })
  if (up !== 'up') return gone(`${project.name}-fetch`, `${up.problem}\n${up.fix}\n`)
  const proxies = PROXIES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return runIn(`${project.name}-fetch`, {
    ...command,
    env: { ...Object.fromEntries(proxies), ...command.env },
  })
}

async function runIn(container: string, command: Command, cxx = CXX): Promise<Outcome> {
  const env = { ...PLAIN_MESSAGES, ...setOf(['CARGO_INCREMENTAL']), CXX: cxx }
  const executed = await execute(container, command, env)
  return executed.kind === 'finished' ? executed.outcome : gone(container, lost(container, executed.said))
}

function gone(container: string, stderr: string): Outcome {
  return {
    kind: 'lost',
    container,
    stdout: '',
    stderr,
    truncated: false,
    durationMs: 0,
  }
}
