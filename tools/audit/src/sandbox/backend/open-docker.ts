import { randomUUID } from 'node:crypto'
import { type Command, type Outcome, openToolchain } from '@cookbook/toolchain'
import {
  docker,
  findEngine,
  keep,
  lastWords,
  newReceipt,
  projectOf,
  RECEIPT_BYTES,
  redeem,
  succeeded,
} from '@cookbook/toolchain/container'
import type { Limits } from '../confine/limits.ts'
import { noContainer, stopped } from '../confine/messages.ts'
import { NOWHERE } from '../confine/mounts.ts'
import type { Confine } from '../confine/run.ts'
import { watchDisk } from '../confine/watch.ts'
import type { Settings } from '../crates/mirrors.ts'
import type { Backend } from './backend.ts'
import { NOBODYS } from './bubblewrap.ts'
import { type Container, contained } from './docker.ts'
import { type Filters, keepFilters } from './filter-file.ts'

/** What the engine may take to start a container and to tell of its end, beyond the command's own limit. */
const MARGIN_MS = 30_000
const CALL_MS = 60_000

/** The toolchain image, a container for each command: none of its processes outlives it. */
export async function openDocker(
  root: string,
  limits: Limits,
  { configuration, mirrors, settings }: Settings,
  progress?: (words: string) => void,
): Promise<Backend | { problem: string; fix: string }> {
  const opened = await openToolchain(root, 'docker', progress ? { progress } : {})
  if (opened.kind === 'unavailable') return opened
  const engine = await findEngine()
  if (engine.kind === 'unreachable') return engine
  const { image, variables } = projectOf(root)
  const owner = !engine.rootless && process.getuid!() === 0 ? NOBODYS : null
  // A rootless engine maps its root to the caller, who is not root.
  const user = engine.rootless ? '0:0' : `${owner ?? process.getuid!()}:${owner ?? process.getgid!()}`
  const filters = await keepFilters(settings, 'docker')
  if ('problem' in filters) return { ...filters, fix: '--sandbox=bubblewrap' }
  const confine = confineWith(
    { image, user, registry: variables.COOKBOOK_REGISTRY!, mirrors, configuration },
    limits,
    filters,
  )
  const trial = await confine({ program: 'true', args: [], cwd: '/', timeoutMs: CALL_MS }, NOWHERE)
  if (!succeeded(trial)) return noContainer(trial.stderr.trim())
  return { kind: 'docker', outside: opened.toolchain, confine, owner }
}

function confineWith(image: Omit<Container, 'name' | 'filter'>, limits: Limits, filters: Filters): Confine {
  return async (command, mounts) => {
    const name = `cookbook-sandbox-${randomUUID()}`
    const receipt = newReceipt()
    const { timeoutMs, keepBytes, signal } = command
    const filter = command.traces ? filters.tracing : filters.plain
    const client = await docker(contained(command, mounts, { ...image, name, filter }, limits, receipt), {
      timeoutMs: timeoutMs + MARGIN_MS,
      keepBytes: keepBytes === undefined ? undefined : keepBytes + RECEIPT_BYTES,
      stdin: 'pipe',
      signal,
      watch: (running) => watchDisk(running, mounts.writable, limits),
    })
    const reported = await outcomeOf(command, client, receipt, name, limits)
    // Whatever became of the client: here the last of its processes ends.
    await docker(['rm', '--force', name], { timeoutMs: CALL_MS })
    return reported
  }
}

async function outcomeOf(
  { program, keepBytes }: Command,
  client: Outcome,
  receipt: string,
  name: string,
  limits: Limits,
): Promise<Outcome> {
  if (client.kind === 'sandbox-limit' || client.kind === 'output-limit') return client
  const reported = redeem(receipt, client, program)
  const outcome =
    reported === null ? null : keepBytes === undefined ? reported.outcome : keep(reported.outcome, keepBytes)
  const { stdout, stderr, truncated, durationMs } = outcome ?? client
  const stop = (reason: string): Outcome => ({
    kind: 'sandbox-limit',
    reason,
    stdout,
    stderr,
    truncated,
    durationMs,
  })
  // Also of a command that ended well: it was a process of it that the kernel ended.
  const starved = reported === null ? await engineSawItStarve(name) : reported.oomKills > 0
  if (starved) return stop(stopped.memory(limits.memoryBytes))
  return outcome ?? stop(stopped.lost(lastWords(client)))
}

/** Of a container whose supervisor was itself ended, so that only the engine can say why. */
async function engineSawItStarve(name: string): Promise<boolean> {
  const inspected = await docker(['inspect', '--format', '{{.State.OOMKilled}}', name], {
    timeoutMs: CALL_MS,
  })
  return inspected.stdout.trim() === 'true'
}
