import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRoom } from '../src/crates/room.ts'
import { openSandbox } from '../src/index.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** What each sandbox limits, and the command by which bash is told. */
export const OF_EACH = {
  core: 'ulimit -Hc',
  files: 'ulimit -Hn',
  blocks: 'ulimit -Hf',
  temporary: 'df --block-size=1 --output=size /tmp | tail -n 1',
  shared: 'df --block-size=1 --output=size /dev/shm | tail -n 1',
}

/** What a guide's command in a sandbox is told by these commands: a number each. */
export async function amountsIn<Name extends string>(
  choice: 'bubblewrap' | 'docker',
  commands: Readonly<Record<Name, string>>,
): Promise<Record<Name, number | string>> {
  const workFolder = await mkdtemp(join(tmpdir(), 'cookbook-limits-'))
  const opened = await openSandbox({ root: ROOT, workFolder, choice, allowed: new Set() })
  if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.fix}`)
  const names = Object.keys(commands) as Name[]
  const script = names.map((name) => `echo $(${commands[name]})`).join('\n')
  const { work: cwd } = await openRoom(opened.folder, 'groups')
  const outcome = await opened.toolchain.run({
    ...{ program: 'bash', args: ['-c', script], cwd, timeoutMs: 30_000 },
  })
  await rm(workFolder, { recursive: true })
  const said = outcome.stdout.trim().split('\n')
  const amount = (text: string) => (/^\d+$/.test(text) ? Number(text) : text)
  // What bash itself complains of is told where a number is expected.
  const reported = names.map(
    (name, at) => [name, amount(said[at] || outcome.stderr || outcome.kind)] as const,
  )
  return Object.fromEntries(reported) as Record<Name, number | string>
}
