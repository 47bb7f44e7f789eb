import { type Command, describeExit, exitStatusOf, openToolchain } from '@cookbook/toolchain'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import { runOnHost } from '@cookbook/toolchain/process'
import { which } from '@cookbook/toolchain/which'
import type { Limits } from '../confine/limits.ts'
import { noBubblewrap } from '../confine/messages.ts'
import { NOWHERE } from '../confine/mounts.ts'
import type { Confine } from '../confine/run.ts'
import { watchDisk, watchMemory } from '../confine/watch.ts'
import { callersCargoHome, type Settings } from '../crates/mirrors.ts'
import type { Backend } from './backend.ts'
import { confined, environmentIn, FILTER_FD, type HostView, hostViewFor, untold } from './bubblewrap.ts'
import { type Filters, keepFilters } from './filter-file.ts'

/** The host's compilers in bubblewrap, or why they cannot be had so. */
export async function openBubblewrap(
  root: string,
  limits: Limits,
  { configuration, mirrors, settings }: Settings,
): Promise<Backend | { problem: string }> {
  const [host, sysroot] = await Promise.all([openToolchain(root, 'host'), rustcFolder(root)])
  if (host.kind === 'unavailable') return { problem: `${host.problem}; ${host.fix}` }
  const { tools } = host.toolchain
  const cxx = tools.find(({ name }) => name === 'g++' || name === 'clang++')!.program
  const cargoHome = callersCargoHome()
  const hostView = { ...hostViewFor(sysroot, cargoHome, cxx), configuration, mirrors }
  if (which('bwrap', hostView.path, '/') === null) return { problem: noBubblewrap.missing }
  const filters = await keepFilters(settings, 'bubblewrap')
  if ('problem' in filters) return filters
  const confine = confineWith(hostView, limits, filters)
  const problem = await trial(confine, cxx)
  if (problem !== null) return { problem }
  return { kind: 'bubblewrap', outside: host.toolchain, confine, owner: hostView.user }
}

/** Where the compiler itself is, and not the program of the same name that looks for it. */
async function rustcFolder(root: string): Promise<string> {
  const asking = { program: 'rustc', args: ['--print', 'sysroot'], cwd: root, timeoutMs: TRIAL_MS }
  return (await runOnHost(asking, hostEnvironment())).stdout.trim()
}

const TRIAL_MS = 60_000

/** Without the files that the caller happens to hold open, which would lead out of any sandbox. */
const ALONE = `
for fd in /proc/self/fd/*; do
  fd=\${fd##*/}
  if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi
done
exec "$@" ${FILTER_FD}<"$0"`

function confineWith(hostView: HostView, limits: Limits, filters: Filters): Confine {
  return async (command, mounts) => {
    const filter = command.traces ? filters.tracing : filters.plain
    const inner = confined(command, mounts, hostView, limits)
    const { env: own, ...rest } = command
    const args = ['-c', ALONE, filter, ...inner]
    const outer: Command = { ...rest, program: '/bin/bash', args, cwd: '/' }
    const env = { ...environmentIn(hostView), ...own }
    const outcome = await runOnHost(outer, env, 'ignore', (running) => {
      const memory = watchMemory(running, limits)
      const disk = watchDisk(running, mounts.writable, limits)
      return () => {
        memory()
        disk()
      }
    })
    return untold(outcome, command.program)
  }
}

/** Whether a sandbox can be made here, and its compilers start in it; in one go, because every audit asks. */
async function trial(confine: Confine, cxx: string): Promise<string | null> {
  const script = 'rustc -vV && cargo -V && "$0" --version'
  const command = { program: 'sh', args: ['-c', script, cxx], cwd: '/', timeoutMs: TRIAL_MS }
  const outcome = await confine(command, NOWHERE)
  if (outcome.kind === 'exited' && outcome.code === 0) return null
  const said = outcome.stderr.trim().split('\n').at(-1) || describeExit(exitStatusOf(outcome))
  return reportedOf(said)
}

/** What bwrap says of a kernel that gives the namespaces of others than root no rights. */
const FORBIDDEN =
  /uid map: (?:Permission denied|Operation not permitted)|loopback: .*Operation not permitted|No permissions to create a? ?new namespace/i

/** Why there is no sandbox, of the last line that was said. */
export function reportedOf(said: string): string {
  if (!said.startsWith('bwrap: ')) return noBubblewrap.tools(said)
  return FORBIDDEN.test(said) ? noBubblewrap.forbidden(said) : noBubblewrap.failed(said)
}
