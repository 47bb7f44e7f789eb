import { findEngine } from '../engine/engine.ts'
import { noAnswer, noCompose, notUp, type Problem, progress } from '../engine/messages.ts'
import { ensureImage } from '../image/image.ts'
import { asUser, type Project } from '../image/project.ts'
import { composePs, composeUp } from './compose.ts'
import { alone } from './lock.ts'

/** What `look` saw: the service answers as docker/ now describes it, or why it does not. */
export type Seen<T> = { kind: 'up'; answer: T } | { kind: 'down'; said: string }

type BringUp<T> = {
  project: Project
  service: 'toolchain' | 'fetch'
  look: () => Promise<Seen<T>>
  show: (line: string) => void
}

/**
 * Makes a service answer: one look when it does, else engine, image and container are seen to, one caller at a
 * time. Gives what the last look saw.
 */
export async function bringUp<T>({ project, service, look, show }: BringUp<T>): Promise<T | Problem> {
  const first = await look()
  if (first.kind === 'up') return first.answer
  return alone(
    'cxx-async-cookbook-docker',
    async () => {
      // Whoever held the lock may have brought it up.
      const again = await look()
      if (again.kind === 'up') return again.answer
      const engine = await findEngine()
      if (engine.kind === 'unreachable') return { problem: engine.problem, fix: engine.fix }
      const problem = await ensureImage(project, show)
      if (problem !== null) return problem
      const container = service === 'fetch' ? `${project.name}-fetch` : project.name
      show(progress.starting(container))
      // A rootless engine maps its root, and no other user, to the caller.
      const composed = await composeUp(engine.rootless ? asUser(project, '0:0') : project, service)
      if (composed.kind === 'failed') return composed.code === 127 ? noCompose() : notUp(composed.said)
      const last = await look()
      if (last.kind === 'up') return last.answer
      return noAnswer(container, last.said, (await composePs(project)).said)
    },
    { waiting: () => show(progress.waiting()) },
  )
}
