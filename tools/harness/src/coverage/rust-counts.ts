import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAs } from '@cookbook/evidence/json'
import {
  type Command,
  describeExit,
  exitStatusOf,
  type Readers,
  succeeded,
  type Toolchain,
} from '@cookbook/toolchain'
import * as v from 'valibot'
import { LINKED_FILE } from '../context/coverage-folder.ts'
import { lastLines } from '../context/messages.ts'
import type { Count } from './counts.ts'

const LIMIT_MS = 5 * 60_000
const KEEP_BYTES = 64 * 1024 * 1024

/** What ran of Rust, by the profiles in `folder` and the programs that a runner linked. Rejects when LLVM cannot tell. */
export async function rustCounts(
  toolchain: Toolchain,
  { profdata, cov }: Readers,
  folder: string,
): Promise<Count[]> {
  const merged = join(folder, 'all.profdata')
  const profiles = await Array.fromAsync(glob('*.profraw', { cwd: folder }))
  if (profiles.length === 0) return []
  await say(toolchain, profdata, ['merge', '--sparse', '-o', merged, ...profiles], folder)
  const linked = parseAs(v.array(v.string()), await readFile(join(folder, LINKED_FILE), 'utf8')) ?? []
  const objects = linked.flatMap((path) => ['-object', path])
  return readLcov(
    await say(toolchain, cov, ['export', '--format=lcov', `--instr-profile=${merged}`, ...objects], folder),
  )
}

/** The lines of an lcov trace. */
export function readLcov(trace: string): Count[] {
  let file = ''
  return trace.split('\n').flatMap((row) => {
    const [, kind, rest] = /^(SF|DA):(.*)$/.exec(row) ?? []
    if (kind === 'SF') file = rest!
    if (kind !== 'DA') return []
    const [line, times] = rest!.split(',')
    return [{ file, line: Number(line), times: Number(times) }]
  })
}

/** What a reader prints. Rejects when it does not end well. */
export async function say(
  toolchain: Toolchain,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const command: Command = { program, args, cwd, timeoutMs: LIMIT_MS, keepBytes: KEEP_BYTES }
  const outcome = await toolchain.run(command)
  if (succeeded(outcome, command) && !outcome.truncated) return outcome.stdout
  const why = outcome.truncated ? 'printed more than can be kept' : describeExit(exitStatusOf(outcome))
  throw new Error([`${program} ${why}`, ...lastLines(outcome.stderr)].join('\n  '))
}
