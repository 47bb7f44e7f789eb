import { readFile } from 'node:fs/promises'
import { type Finding, locate } from '@cookbook/guide'
import { type Command, ended, endingOf } from '@cookbook/toolchain'
import type { Artifact } from './cargo-messages.ts'
import type { Checked } from './checks.ts'
import { run, type Verification } from './verification.ts'
import { endedBadly, lastLines } from './words.ts'

export type TestOptions = {
  /** Milliseconds for one test; 30 s by default. */
  timeoutMs?: number
}

const TEST_LIMIT_MS = 30_000
const LIST_LIMIT_MS = 20_000

/** The names of the tests in a test program, as it lists them itself. */
export async function listTests(verification: Verification, artifact: Artifact): Promise<string[]> {
  const args = ['--list', '--format', 'terse']
  const outcome = await run(verification, {
    program: artifact.executable!,
    args,
    cwd: verification.dir,
    timeoutMs: LIST_LIMIT_MS,
  })
  return outcome.stdout.split('\n').flatMap((line) => /^(.+): test$/.exec(line)?.[1] ?? [])
}

/** How a test program is started for one test; sanitizers and valgrind put themselves around it. */
export type Wrap = { program: string[]; env: Record<string, string>; slowdown: number }

export const UNWRAPPED: Wrap = { program: [], env: {}, slowdown: 1 }

/** Runs one Rust test in a process of its own. */
export async function runTest(
  verification: Verification,
  artifact: Artifact,
  name: string,
  options: TestOptions,
  wrap = UNWRAPPED,
): Promise<Checked> {
  const [program, ...args] = [...wrap.program, artifact.executable!, '--exact', name, '--nocapture']
  const command: Command = {
    program: program!,
    args,
    cwd: verification.dir,
    env: wrap.env,
    timeoutMs: (options.timeoutMs ?? TEST_LIMIT_MS) * wrap.slowdown,
  }
  const outcome = await run(verification, command)
  const ran = /^test result: ok\. 1 passed/m.test(outcome.stdout)
  if (ended(outcome, command) && ran) return { findings: [] }
  const file = artifact.source.slice(verification.dir.length + 1)
  const message = ended(outcome, command)
    ? `${name} is ignored or filtered out, so it proves nothing`
    : endedBadly(name, endingOf(outcome), 'a passing test')
  const finding: Finding = {
    code: outcome.kind === 'timed-out' || outcome.kind === 'flooded' ? outcome.kind : 'test-failed',
    severity: 'error',
    ...locate(verification.pkg, file, await lineOf(verification, file, name), 1),
    message,
    detail: [...lastLines(outcome.stdout), ...lastLines(outcome.stderr)].filter((line) => line !== ''),
    remedy: `cargo test -p ${verification.pkg.slug} --test ${artifact.name} ${name}`,
  }
  return { findings: [finding] }
}

async function lineOf({ dir }: Verification, file: string, name: string): Promise<number> {
  const lines = (await readFile(`${dir}/${file}`, 'utf8')).split('\n')
  const leaf = name.split('::').at(-1)!
  return lines.findIndex((line) => line.includes(`fn ${leaf}`)) + 1 || 1
}
