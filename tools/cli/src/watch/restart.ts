import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Why the tools as they lie there now cannot be loaded, in the words of Node; `null` when they can. */
export async function loadProblem(root: string): Promise<string | null> {
  const modules = ['cli/src/watch/watch.ts', 'harness/src/index.ts', 'harness/vitest.config.ts']
  const load = modules.map((path) => `await import(${JSON.stringify(join(root, 'tools', path))})`)
  const node = spawn(process.execPath, ['--input-type=module', '--eval', load.join(';')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  node.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise((resolve, reject) => node.once('error', reject).once('close', resolve))
  return code === 0 ? null : `the tools changed, and cannot be loaded:\n${said.trim()}`
}

/** Becomes `npm run watch` again, in this very process, with nothing of what was proved before. */
export function restart(args: readonly string[]): never {
  const [node, main, command] = process.argv
  const rest = args.filter((arg) => arg !== '--fresh')
  return process.execve!(node!, [node!, ...process.execArgv, main!, command!, '--fresh', ...rest])
}
