import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Sends SIGKILL to a process and to all that it started, directly or not. Each is stopped before its children are
 * looked up, so that none can start another one meanwhile. Answers their command lines.
 */
export function killTree(root: number): string[] {
  const found: number[] = []
  for (let waiting = [root]; waiting.length > 0; ) {
    for (const pid of waiting) signal(pid, 'SIGSTOP')
    found.push(...waiting)
    waiting = all().filter((pid) => !found.includes(pid) && waiting.includes(parentOf(pid)))
  }
  const lines = found.map(commandLine)
  for (const pid of found) signal(pid, 'SIGKILL')
  return lines
}

/** The command lines of the processes that name `folder` or run in it, as soon as there are none, else after `limitMs`. */
export async function processesIn(folder: string, limitMs: number): Promise<string[]> {
  const until = performance.now() + limitMs
  for (;;) {
    const left = all().flatMap((pid) => (isIn(folder, pid) ? [commandLine(pid)] : []))
    if (left.length === 0 || performance.now() > until) return left
    await sleep(50)
  }
}

function all(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

/** The second field after the name, which stands in brackets and may hold anything. */
function parentOf(pid: number): number {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function isIn(folder: string, pid: number): boolean {
  const cwd = read(() => readlinkSync(`/proc/${pid}/cwd`))
  return pid !== process.pid && (cwd.startsWith(folder) || commandLine(pid).includes(folder))
}

const commandLine = (pid: number) =>
  read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')

/** A process may end while it is looked at; then there is nothing to be said of it. */
function read(look: () => string): string {
  try {
    return look()
  } catch {
    return ''
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself, which is as good.
  }
}
