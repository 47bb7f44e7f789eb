import { runOnHost } from '@cookbook/toolchain/process'

const LIMIT_MS = 120_000

/**
 * Removes a folder and all below it, whatever names, depths and rights a foreign command gave it. `find` goes from
 * folder to folder by descriptors and follows no link.
 */
export async function removeTree(folder: string): Promise<void> {
  await find(folder, ['-type', 'd', '!', '-perm', '-700', '-execdir', 'chmod', 'u+rwx', '--', '{}', ';'])
  await find(folder, ['-delete'])
}

async function find(folder: string, what: readonly string[]): Promise<void> {
  // Below a fixed path of programs, as `-execdir` asks for.
  const env = { PATH: '/usr/bin:/bin' }
  const command = { program: 'find', args: ['-P', folder, ...what], cwd: '/', timeoutMs: LIMIT_MS }
  const outcome = await runOnHost(command, env)
  if (outcome.kind !== 'exited' || outcome.code !== 0)
    throw new Error(`${folder} cannot be removed: ${outcome.stderr.trim().split('\n').at(-1)}`)
}
