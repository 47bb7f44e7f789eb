import { runOnHost } from '@cookbook/toolchain/process'

const LIMIT_MS = 120_000

/** Runs one of the system's own programs on folders of the audit: they can handle any depth and any name. */
export function onHost(program: 'find' | 'chown', args: readonly string[]) {
  return runOnHost({ program, args, cwd: '/', timeoutMs: LIMIT_MS }, { PATH: process.env.PATH ?? '' })
}
