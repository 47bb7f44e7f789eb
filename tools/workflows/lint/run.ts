import { spawnSync } from 'node:child_process'

/** Runs a program to its end and shows what it prints. Throws when it is missing or ends with anything but 0. */
export function run(program: string, args: readonly string[], cwd?: string): void {
  const { error, status, signal } = spawnSync(program, args, { cwd, stdio: 'inherit' })
  if (error !== undefined) throw new Error(`${program}: ${error.message}`)
  if (status !== 0) throw new Error(`${program} ended with ${status ?? signal}`)
}
