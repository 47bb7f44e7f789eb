import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What one run of a command took. */
export type Taken = {
  /** From its start to its end. */
  seconds: number
  /** What all of its processes had of the processors; it tells less of what else the machine does. */
  processorSeconds: number
  /** The most that its processes had resident at once, what they share counted once for each. */
  peakMebibytes: number
}

const SAMPLE_MS = 200
const PAGE_BYTES = 4096

/** Runs a command to its end. Rejects, with the end of what it said, when it fails. */
export async function watched(cwd: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Taken> {
  // bash counts the processor time of everything below it, and tells it after all else on standard error.
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"'
  const child = spawn('bash', ['-c', script, 'bash', ...words], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
    })
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBelow(child.pid!))
  }, SAMPLE_MS)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(timer)
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${said}`)
  const [real, user, system] = said.trimEnd().split('\n').at(-1)!.split(' ').map(Number)
  return { seconds: real!, processorSeconds: user! + system!, peakMebibytes: peak / 2 ** 20 }
}

/** Bytes that a process and all below it have resident. */
function residentBelow(root: number): number {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // "PID (NAME) STATE PARENT ...", where NAME may hold anything.
    const stat = read(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const below = (pid: number): number[] => [pid, ...(parents.get(pid) ?? []).flatMap(below)]
  const pages = below(root).map((pid) => Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0))
  return pages.reduce((sum, count) => sum + count, 0) * PAGE_BYTES
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
