import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 60_000
/** Kept between runs, because to carry the image over takes longest. */
const DATA = join(import.meta.dirname, '../../../target/engine')

/** A Docker engine of the test's own, which it may stop. It has no network, so nobody else's is touched. */
export type Engine = {
  host: string
  start(): Promise<void>
  /** Ends the engine alone, by its id; SIGKILL leaves the containers running. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Removes the containers, and all that an engine leaves but its images. */
  close(): Promise<void>
}

/** An engine that has the toolchain's `image`, taken from the engine at hand when it is not there yet. */
export async function openEngine(image: string): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  const [socket, exec, pidfile] = ['docker.sock', 'exec', 'pid'].map((name) => join(folder, name))
  const host = `unix://${socket}`
  const pid = () => Number(readFileSync(pidfile!, 'utf8'))
  const answers = () => succeeds('docker', ['-H', host, 'info'])
  const engine: Engine = {
    host,
    async start() {
      const log = openSync(join(folder, 'log'), 'a')
      const places = ['--data-root', DATA, '--exec-root', exec!, '-H', host, '--pidfile', pidfile!]
      mkdirSync(DATA, { recursive: true })
      // An engine that was killed leaves its id behind, and the next one takes that for another engine.
      rmSync(pidfile!, { force: true })
      // In a network of its own, that leads nowhere: the docker0 that an engine finds may be another one's.
      spawn('unshare', ['--net', 'dockerd', ...places, '--iptables=false', '--ip-masq=false'], {
        detached: true,
        stdio: ['ignore', log, log],
      }).unref()
      closeSync(log)
      const until = performance.now() + START_LIMIT_MS
      while (!answers()) {
        if (performance.now() > until)
          throw new Error(
            `dockerd does not answer:\n${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`,
          )
        await sleep(100)
      }
    },
    async stop(signal) {
      const stopped = pid()
      process.kill(stopped, signal)
      while (existsSync(`/proc/${stopped}`) && !isZombie(stopped)) await sleep(50)
    },
    async close() {
      if (!answers()) await engine.start()
      const containers = words(['-H', host, 'ps', '--all', '--quiet'])
      if (containers.length > 0) execFileSync('docker', ['-H', host, 'rm', '--force', ...containers])
      await engine.stop('SIGTERM')
      for (const mounted of [join(exec!, 'netns/default'), DATA]) succeeds('umount', [mounted])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await engine.start()
  const copy = `docker save "${image}" | docker -H "${host}" load`
  if (!succeeds('docker', ['-H', host, 'image', 'inspect', image]))
    execFileSync('sh', ['-c', copy], { stdio: ['ignore', 'ignore', 'inherit'] })
  return engine
}

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function words(args: readonly string[]): string[] {
  return execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean)
}

const isZombie = (pid: number) => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, ''))
