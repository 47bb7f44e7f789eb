import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ABORTS,
  AT_A_TIME,
  CLIENTS,
  type Client,
  type HttpResults,
  type Taken,
} from '../figures/http-results.ts'
import { median } from '../figures/time.ts'
import { build, machine, rounded } from '../patterns/run.ts'
import { FIRST, LARGE_BYTES, openServer } from './server.ts'

const REPETITIONS = 3
const ROUNDS = 5
const SMALL = 10_000
const ALONE = 2_000
const LARGE = 5
/** Between two runs, for all else on the machine. */
const PAUSE_MS = 500

/** What one run of a client says: seconds of the whole, and of each. */
type Said = { total: number; each: number[] }

/** Builds and runs everything. Tells `progress` of each round. Throws when something cannot be built or run. */
export async function run(
  root: string,
  progress: (round: number, rounds: number) => void,
): Promise<HttpResults> {
  const program = build(join(root, 'bench/http'), ['--locked'])
  await using server = await openServer()
  const small = (client: Client, count: number, atATime: number) =>
    client === 'curl'
      ? curl(`${server.url}/small?[1-${count}]`, atATime)
      : ask(program, 'small', client, `${server.url}/small`, count, atATime)
  const large = (client: Client) =>
    client === 'curl'
      ? curl(`${server.url}/large?[1-${LARGE}]`, 1)
      : ask(program, 'large', client, `${server.url}/large`, LARGE, 1)

  const none = (): Taken => ({ perSecond: [], median: [], p99: [], alone: [], megabytes: [] })
  const clients = { ours: none(), isahc: none(), curl: none(), reqwest: none() }
  const libcurl: number[] = []
  const abort: HttpResults['abort'] = { median: [], most: [] }
  for (let round = 0; round < REPETITIONS * ROUNDS; round++) {
    progress(round + 1, REPETITIONS * ROUNDS)
    for (const client of CLIENTS) {
      await sleep(PAUSE_MS)
      const { total, each } = small(client, SMALL, AT_A_TIME)
      const taken = clients[client]
      taken.perSecond.push(Math.round(SMALL / total))
      if (client !== 'curl') taken.median.push(rounded(median(each) * 1e6))
      if (client !== 'curl') taken.p99.push(rounded(percentile(each, 0.99) * 1e6))
      await sleep(PAUSE_MS)
      taken.alone.push(rounded(median(small(client, ALONE, 1).each) * 1e6))
      await sleep(PAUSE_MS)
      taken.megabytes.push(rounded(LARGE_BYTES / 1e6 / median(large(client).each)))
    }
    await sleep(PAUSE_MS)
    const bare = ask(program, 'small', 'libcurl', `${server.url}/small`, SMALL, AT_A_TIME)
    libcurl.push(Math.round(SMALL / bare.total))
    await sleep(PAUSE_MS)
    const { each } = ask(program, 'abort', String(ABORTS))
    abort.median.push(rounded(median(each) * 1e3))
    abort.most.push(rounded(percentile(each, 1) * 1e3))
  }
  const versions = {
    curl: version(execFileSync('curl', ['--version'], { encoding: 'utf8' })),
    // It says so on standard error.
    nginx: version(execFileSync('sh', ['-c', 'nginx -v 2>&1'], { encoding: 'utf8' })),
  }
  return {
    machine: { ...machine(root), ...versions },
    repetitions: REPETITIONS,
    rounds: ROUNDS,
    clients,
    libcurl,
    abort,
  }
}

function ask(program: string, ...args: (string | number)[]): Said {
  const all = [...FIRST, '0', program, ...args.map(String)]
  return JSON.parse(execFileSync('chrt', all, { encoding: 'utf8', maxBuffer: 1 << 28 }))
}

/** The command, in its parallel mode where there is more than one at a time. */
function curl(url: string, atATime: number): Said {
  const parallel = atATime > 1 ? ['--parallel', '--parallel-max', String(atATime)] : []
  const args = ['--silent', ...parallel, url, '--output', '/dev/null', '--write-out', '%{time_total}\\n']
  const started = performance.now()
  const printed = execFileSync('chrt', [...FIRST, '0', 'curl', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // The parallel mode shows a meter there all the same.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return { total: (performance.now() - started) / 1000, each: printed.trim().split('\n').map(Number) }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}

function version(text: string): string {
  return /\d+(?:\.\d+)+/.exec(text)![0]
}
