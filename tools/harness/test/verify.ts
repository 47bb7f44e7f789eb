import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Evidence } from '@cookbook/evidence'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import type { Copy } from './copy.ts'

/** What one run of a runner came to. */
export type Ran = {
  passed: boolean
  /** `null` when the runner broke off before it could write any. */
  evidence: Evidence | null
  /** All that it printed. */
  words: string
}

const VITEST = join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs')
const CONFIG = join(import.meta.dirname, '../vitest.config.ts')

/** Runs the copy's runner as turbo would: a process of its own, in its folder, with a bare environment. */
export async function verify(
  { dir }: Copy,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Ran> {
  const run = spawn(process.execPath, [VITEST, 'run', '--config', CONFIG, ...args], {
    cwd: dir,
    env: { ...hostEnvironment(), TOOLCHAIN: 'host', CXX: 'g++', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')])
  const evidence = await readFile(join(dir, EVIDENCE_FILE), 'utf8').catch(() => null)
  return {
    passed: code === 0,
    evidence: evidence === null ? null : (JSON.parse(evidence) as Evidence),
    words: stdout + stderr,
  }
}
