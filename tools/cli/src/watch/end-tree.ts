import { readdirSync, readFileSync } from 'node:fs'

/**
 * Ends a process and all that it started, directly or not, whatever groups they are in. Each is stopped before its
 * children are looked up, so that none can start another one meanwhile.
 */
export function endTree(root: number): void {
  const found: number[] = []
  for (let waiting = [root]; waiting.length > 0; ) {
    for (const pid of waiting) signal(pid, 'SIGSTOP')
    found.push(...waiting)
    const parents = new Set(waiting)
    waiting = processes().filter((pid) => !found.includes(pid) && parents.has(parentOf(pid)))
  }
  for (const pid of found) signal(pid, 'SIGKILL')
}

function processes(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

/** The second field after the name, which stands in brackets and may hold anything. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself, which is as good.
  }
}
