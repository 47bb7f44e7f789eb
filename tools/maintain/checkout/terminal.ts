import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Checkout } from './checkout.ts'
import { freshShell } from './run.ts'

const ANSWER_LIMIT_MS = 120_000

/** A command in a terminal of its own, as somebody at a keyboard has it. */
export type Terminal = {
  /** Waits until this stands there, beyond what was waited for before, and answers the text up to it. */
  shows(wanted: string): Promise<string>
  /** Types; `\r` is the key for Enter. */
  type(keys: string): void
  /** The exit code, when the command is over. */
  ended: Promise<number | null>
}

/** Types a command into a new terminal, in the folder of a checkout. */
export function openTerminal({ root }: Checkout, command: string): Terminal {
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    cwd: root,
    env: { ...freshShell(), TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  )
  return {
    async shows(wanted) {
      const until = performance.now() + ANSWER_LIMIT_MS
      for (;;) {
        const text = stripVTControlCharacters(shown)
        const at = text.indexOf(wanted, seen)
        if (at >= 0) {
          const before = text.slice(seen, at)
          seen = at + wanted.length
          return before
        }
        if (performance.now() > until || child.exitCode !== null)
          throw new Error(`the terminal never showed ${JSON.stringify(wanted)} but\n${text.slice(seen)}`)
        await sleep(20)
      }
    },
    type: (keys) => void child.stdin.write(keys),
    ended,
  }
}
