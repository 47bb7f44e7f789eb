import type { Need } from '../probe/needs.ts'
import { askNeed, probe } from '../probe/probe.ts'
import type { Tool } from '../probe/toolchain.ts'
import { batch } from '../process/batch.ts'
import type { Seen } from './compose/bring-up.ts'
import { execute } from './engine/exec.ts'
import type { Project } from './image/project.ts'

const LIMIT_MS = 30_000
const SAY_CONFIGURATION = `printf '%s\\0' "$COOKBOOK_CONFIGURATION"`

/** Asks a running toolchain container, in one call, whether it is the one wanted and what its tools are. */
export async function lookAtToolchain(
  project: Project,
  cxx: string,
  needs: readonly Need[],
): Promise<Seen<Tool[]>> {
  const looks: Seen<string>[] = []
  const run = batch(async (script) => {
    const seen = await shell(project, project.name, `${SAY_CONFIGURATION}\n${script}`)
    looks.push(seen)
    return seen.kind === 'up' ? seen.answer : null
  })
  const [tools, found] = await Promise.all([
    probe(run, project.root, cxx),
    Promise.all(needs.map((need) => askNeed(run, project.root, cxx, need))),
  ])
  return looks.find((seen) => seen.kind === 'down') ?? { kind: 'up', answer: [...tools, ...found] }
}

/** Asks a running fetch container whether it is the one wanted. */
export async function lookAtFetch(project: Project): Promise<Seen<'up'>> {
  const seen = await shell(project, `${project.name}-fetch`, SAY_CONFIGURATION)
  return seen.kind === 'up' ? { kind: 'up', answer: 'up' } : seen
}

async function shell(project: Project, container: string, script: string): Promise<Seen<string>> {
  const command = { program: 'sh', args: ['-c', script], cwd: project.root, timeoutMs: LIMIT_MS }
  const executed = await execute(container, command, { LC_ALL: 'C.UTF-8' })
  if (executed.kind === 'lost') return { kind: 'down', said: executed.said }
  const { outcome } = executed
  if (outcome.kind !== 'exited') return { kind: 'down', said: `its shell could not answer (${outcome.kind})` }
  const end = outcome.stdout.indexOf('\0')
  if (outcome.stdout.slice(0, end) !== project.configuration)
    return { kind: 'down', said: 'it is of another configuration' }
  return { kind: 'up', answer: outcome.stdout.slice(end + 1) }
}
