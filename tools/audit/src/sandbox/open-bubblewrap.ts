import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Command, type Outcome, openToolchain } from '@cookbook/toolchain'
import { runOnHost } from '@cookbook/toolchain/process'
import { confined, environmentIn, type Outlook, outlookFor, untold } from './bubblewrap.ts'
import type { Cage } from './cage.ts'
import type { Limits } from './limits.ts'
import type { Confine } from './run.ts'
import { NOWHERE } from './territory.ts'
import { watchDisk, watchMemory } from './watch.ts'
import { noBubblewrap } from './words.ts'

/** The host's compilers in bubblewrap, or why they cannot be had so. */
export async function openBubblewrap(root: string, limits: Limits): Promise<Cage | { problem: string }> {
  const host = await openToolchain(root, 'host')
  if (host.kind === 'unavailable') return { problem: `${host.problem}; ${host.remedy}` }
  const { tools } = host.toolchain
  const cxx = tools.find(({ name }) => name === 'g++' || name === 'clang++')!.program
  const asked = await host.toolchain.run({
    program: 'rustc',
    args: ['--print', 'sysroot'],
    cwd: root,
    timeoutMs: TRIAL_MS,
  })
  const cargoHome = process.env.CARGO_HOME || join(homedir(), '.cargo')
  const outlook = outlookFor(asked.stdout.trim(), cargoHome, cxx)
  const confine = confineWith(outlook, limits)
  const problem = await trial(confine, cxx)
  if (problem !== null) return { problem }
  return {
    kind: 'bubblewrap',
    outside: host.toolchain,
    confine,
    readable: [outlook.registry, ...outlook.system],
    owner: outlook.user,
  }
}

const TRIAL_MS = 20_000

function confineWith(outlook: Outlook, limits: Limits): Confine {
  return async (command, territory, before) => {
    const [program, ...args] = confined(command, territory, outlook, limits)
    const { env: own, ...rest } = command
    const outer: Command = { ...rest, program: program!, args, cwd: '/' }
    const env = { ...environmentIn(outlook), ...own }
    const outcome = await runOnHost(outer, env, 'ignore', (running) => {
      const memory = watchMemory(running, limits)
      const disk = watchDisk(running, territory.writable, limits, before)
      return () => {
        memory()
        disk()
      }
    })
    return untold(outcome, command.program)
  }
}

/** Whether a sandbox can be made here, and its compilers start in it. */
async function trial(confine: Confine, cxx: string): Promise<string | null> {
  for (const [program, ...args] of [
    ['true'],
    ['rustc', '-vV'],
    ['cargo', '-V'],
    [cxx, '--version'],
  ] as const) {
    const outcome = await confine({ program: program!, args, cwd: '/', timeoutMs: TRIAL_MS }, NOWHERE, {
      bytes: 0,
      count: 0,
    })
    if (outcome.kind === 'missing' && outcome.program === 'bwrap') return noBubblewrap.missing
    if (outcome.kind !== 'exited' || outcome.code !== 0) {
      const said = lastLine(outcome)
      return program === 'true' ? noBubblewrap.failed(said) : noBubblewrap.tools(said)
    }
  }
  return null
}

const lastLine = ({ stderr, kind }: Outcome) => stderr.trim().split('\n').at(-1) || kind
