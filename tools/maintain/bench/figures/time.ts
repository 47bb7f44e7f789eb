import { spawnSync } from 'node:child_process'

/** Wall seconds that a command takes as a whole process. Throws, with what it printed, when its exit code is not in `codes`. */
export function seconds(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
  codes: readonly number[] = [0],
): number {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status === null || !codes.includes(status))
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout.slice(-4000)}${stderr.slice(-4000)}`)
  return (performance.now() - started) / 1000
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
