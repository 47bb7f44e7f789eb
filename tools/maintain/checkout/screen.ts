import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** What `npm run watch` shows of a checkout, and the Ctrl-C that ends it. */
export type Screen = ReturnType<typeof openScreen>

/**
 * Starts `npm run watch` of these patterns, or of all, as in a terminal: in a process group of its own, which Ctrl-C
 * reaches as a whole. What is waited for must be said within `limitMs`.
 */
export function openScreen(root: string, slugs: readonly string[], env: NodeJS.ProcessEnv, limitMs: number) {
  const child = spawn('npm', ['run', 'watch', '--', ...slugs], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const runs = () => child.exitCode === null && child.signalCode === null
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
  const closed = new Promise((resolve) => child.once('close', resolve))

  return {
    length: () => text.length,
    /** What it has said since it had said so much. */
    said: (from = 0) => text.slice(from),
    /** Waits until it says this, after what it has said before `from`. Answers when that was. */
    async says(wanted: RegExp, from = 0): Promise<number> {
      const until = performance.now() + limitMs
      while (!wanted.test(text.slice(from))) {
        if (performance.now() > until || !runs())
          throw new Error(`npm run watch did not say ${wanted} but\n${text.slice(from)}`)
        await sleep(2)
      }
      return performance.now()
    },
    async interrupt(): Promise<void> {
      if (runs()) process.kill(-child.pid!, 'SIGINT')
      await closed
    },
  }
}
