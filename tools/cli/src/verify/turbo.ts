import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseAs } from '@cookbook/evidence/json'
import * as v from 'valibot'
import { $ } from 'zx/core'

/** What turbo did with one task, and what the task printed. */
export type TaskRun = { package: string; task: string; cached: boolean; output: string[] }

/** What came of one `turbo run`; `words` are turbo's own complaints. */
export type TurboRun = { passed: boolean; tasks: TaskRun[]; words: string[] }

/** A line of `turbo run --json`. */
const ENTRY = v.object({ source: v.string(), level: v.string(), text: v.string() })

const OUTPUT_LINES = 400

/** What hears of a run as it goes on: each task that begins, and each line that one prints. */
export type Listener = { begun(task: TaskRun): void; printed(task: TaskRun, line: string): void }

/** Runs `turbo run` with `args` in the repository `root`. Answers every task that was reached, and whether all went well. */
export async function runTurbo(
  root: string,
  args: readonly string[],
  listener: Listener,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TurboRun> {
  const turbo = join(root, 'node_modules', '.bin', 'turbo')
  const run = $({
    cwd: root,
    env,
    nothrow: true,
    quiet: true,
    verbose: false,
    prefix: 'exec ',
    stdio: ['ignore', 'pipe', 'pipe'],
  })`${turbo} run ${args} --json`
  const tasks = new Map<string, TaskRun>()
  const words: string[] = []
  for await (const line of createInterface({ input: run.stdout })) {
    const entry = parseAs(ENTRY, line)
    if (entry === null) continue
    if (entry.source === 'turbo') {
      if (entry.level !== 'info') words.push(entry.text)
      continue
    }
    const state = /^cache (hit|miss|bypass)/.exec(entry.text)?.[1]
    const known = tasks.get(entry.source)
    if (known === undefined) {
      const [name, task] = entry.source.split('#')
      const begun = { package: name!, task: task!, cached: state === 'hit', output: [] }
      tasks.set(entry.source, begun)
      listener.begun(begun)
    } else {
      known.output.push(entry.text)
      if (known.output.length > OUTPUT_LINES) known.output.shift()
      listener.printed(known, entry.text)
    }
  }
  const { exitCode, stderr } = await run
  if (exitCode !== 0) words.push(...stderr.split('\n').filter((line) => line !== ''))
  return { passed: exitCode === 0, tasks: [...tasks.values()], words }
}

/** Why a run verified nothing: its filters leave no package, or name one that is not there. `null` when it did. */
export function nothingSelected({ passed, tasks, words }: TurboRun): string | null {
  if (tasks.some(({ task }) => task === 'verify')) return null
  const unknown = words.map((line) => /No package found with name .*/.exec(line)?.[0]).find(Boolean)
  if (unknown !== undefined) return unknown
  return passed ? 'nothing was selected, so nothing was verified' : null
}

/** Lets turbo itself say what it would do. Answers its exit code. */
export async function showTurbo(root: string, args: readonly string[]): Promise<number> {
  const turbo = join(root, 'node_modules', '.bin', 'turbo')
  const options = {
    cwd: root,
    nothrow: true,
    quiet: true,
    verbose: false,
    prefix: 'exec ',
    stdio: 'inherit',
  } as const
  return (await $(options)`${turbo} run ${args}`).exitCode ?? 1
}
