import { join } from 'node:path'
import { dockerComposeDown, dockerComposePS, dockerComposeUp } from 'docker-compose-js'
import type { Project } from '../image/project.ts'

/** How a call of Compose ended; `said` is what it printed. */
export type Composed = { kind: 'done'; said: string } | { kind: 'failed'; code: number; said: string }

const LIMIT_SECONDS = 120
const SHIM = join(import.meta.dirname, 'shim')

/** Starts one service of a checkout and leaves it running; starts it again when its settings changed. */
export function composeUp(project: Project, service: 'toolchain' | 'fetch'): Promise<Composed> {
  return contain(dockerComposeUp({ ...configuration(project), servicesToStart: [service] }))
}

/** Stops and removes the containers of a checkout; there may be none. */
export function composeDown(project: Project): Promise<Composed> {
  return contain(dockerComposeDown(configuration(project)))
}

/** What Compose says of the containers of a checkout, for a person to read. */
export function composePs(project: Project): Promise<Composed> {
  return contain(dockerComposePS(configuration(project)))
}

/**
 * docker-compose-js joins what it is given into a shell line. So nothing is given that a shell could read
 * otherwise: the file is named relative to the folder, and the project's name is checked.
 */
export function configuration(project: Pick<Project, 'name' | 'folder' | 'variables'>) {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(project.name)) throw new Error(`"${project.name}" cannot name a project`)
  return {
    composeFiles: ['compose.yaml'],
    projectName: project.name,
    cwd: project.folder,
    environmentVariables: {
      ...(process.env as Record<string, string>),
      ...project.variables,
      COMPOSE_PATH: process.env.PATH ?? '',
      COMPOSE_SECONDS: String(LIMIT_SECONDS),
      PATH: `${SHIM}:${process.env.PATH ?? ''}`,
    },
  }
}

async function contain(call: Promise<{ stdout: string | null }>): Promise<Composed> {
  try {
    return readReceipt((await call).stdout ?? '')
  } catch (rejection) {
    // A plain object, not an Error: the shim itself could not be started.
    const { error, stderr } = rejection as { error?: unknown; stderr?: string }
    return { kind: 'failed', code: -1, said: stderr?.trim() || String(error ?? rejection) }
  }
}

/** Reads what the shim printed. */
export function readReceipt(printed: string): Composed {
  const receipt = /\n?exit code (\d+)\n$/.exec(printed)
  if (receipt === null) return { kind: 'failed', code: -1, said: printed.trim() }
  const said = printed.slice(0, receipt.index).trim()
  const code = Number(receipt[1])
  return code === 0 ? { kind: 'done', said } : { kind: 'failed', code, said }
}
