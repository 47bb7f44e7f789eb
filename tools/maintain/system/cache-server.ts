import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What docs/remote-cache.md recommends to a team. It brings four storage providers along, so only this test installs it. */
const SERVER = 'turborepo-remote-cache@2.12.0'
const HOME = join(import.meta.dirname, '../../../target', SERVER)
const START_LIMIT_MS = 30_000

/** A real server of turbo's protocol, whose artifacts are files. */
export type CacheServer = {
  url: string
  token: string
  /** The artifacts that are kept; beside each lies its signature, `<artifact>.tag`. */
  artifacts(): string[]
  stop(): void
}

export async function openCacheServer(): Promise<CacheServer> {
  if (!existsSync(HOME)) {
    const draft = `${HOME}.draft`
    rmSync(draft, { recursive: true, force: true })
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefix', draft]
    execFileSync('npm', ['install', ...options, SERVER], { stdio: 'ignore' })
    execFileSync('mv', [draft, HOME])
  }
  const folder = mkdtempSync(join(tmpdir(), 'remote-cache-'))
  const [port, token] = [await freePort(), 'wool']
  const program = join(HOME, 'node_modules/turborepo-remote-cache/dist/cli.js')
  const child = spawn(process.execPath, [program], {
    stdio: 'ignore',
    env: {
      ...{ HOST: '127.0.0.1', PORT: String(port), TURBO_TOKEN: token, LOG_LEVEL: 'silent' },
      // Only a switch: with any word it keeps signatures, and without the key it can make none.
      TURBO_REMOTE_CACHE_SIGNATURE_KEY: 'kept',
      ...{ STORAGE_PROVIDER: 'local', STORAGE_PATH: folder, STORAGE_PATH_USE_TMP_FOLDER: 'false' },
    },
  })
  const url = `http://127.0.0.1:${port}`
  await answering(`${url}/v8/artifacts/status`)
  return {
    url,
    token,
    artifacts: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.tag'))
        .map(({ parentPath, name }) => join(parentPath, name)),
    stop() {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(url: string): Promise<void> {
  const until = performance.now() + START_LIMIT_MS
  while ((await fetch(url).catch(() => null)) === null) {
    if (performance.now() > until) throw new Error(`${SERVER} does not answer`)
    await sleep(50)
  }
}
