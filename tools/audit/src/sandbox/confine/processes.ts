import { readdirSync, readFileSync } from 'node:fs'

const KIB = 1024

/** The bytes of memory that a process and all that descend from it hold, what they share counted once. */
export function memoryOf(pid: number): number {
  const family = familyOf(pid)
  const rough = sum(family.map((member) => field(`/proc/${member}/status`, /^Rss(?:Anon|Shmem):\s+(\d+)/gm)))
  // Exact figures cost more, so they are asked for only when the rough ones are worth it.
  return rough < 256 * 1024 * KIB ? rough : sum(family.map(shareOf))
}

/** The bytes of memory that the machine has left. */
export function spareMemory(): number {
  return field('/proc/meminfo', /^MemAvailable:\s+(\d+)/gm)
}

function shareOf(pid: number): number {
  const share = field(`/proc/${pid}/smaps_rollup`, /^Pss_(?:Anon|Shmem):\s+(\d+)/gm)
  return share > 0 ? share : field(`/proc/${pid}/status`, /^Rss(?:Anon|Shmem):\s+(\d+)/gm)
}

function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // "PID (NAME) STATE PARENT ...", where NAME may hold anything, brackets too.
    const stat = text(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

/** The sum of the figures in KiB that a file of /proc names so. */
function field(path: string, pattern: RegExp): number {
  return sum([...text(path).matchAll(pattern)].map(([, figure]) => Number(figure) * KIB))
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process is gone.
    return ''
  }
}
