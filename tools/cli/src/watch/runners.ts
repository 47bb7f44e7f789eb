import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { harnessConfig } from '@cookbook/guide'
import { BEGIN, WAITS } from '@cookbook/harness/gate'
import { endTree } from './end-tree.ts'

export type Runner = ChildProcessByStdio<Writable, Readable, Readable>

/** The runners of the checkout at `root`, each in a process of its own. */
export type Runners = {
  /** Lets the runner of a pattern begin. */
  begin(slug: string): Runner
  /** Loads the runner of a pattern that is likely the next: it then begins sooner by what vitest takes to start. */
  expect(slug: string): void
  /** Ends the one that is loaded. */
  end(): void
}

export function openRunners(root: string): Runners {
  let loaded: { slug: string; folder: number | undefined; runner: Runner } | null = null
  const folderOf = (slug: string) => statSync(join(root, 'patterns', slug), { throwIfNoEntry: false })?.ino

  function end(): void {
    if (loaded !== null) endRunner(loaded.runner)
    loaded = null
  }

  function expect(slug: string): void {
    // A folder that was removed and made again is another one, in which nobody stands.
    const folder = folderOf(slug)
    if (loaded?.slug === slug && loaded.folder === folder && isAlive(loaded.runner)) return
    end()
    loaded = { slug, folder, runner: load(root, slug) }
  }

  return {
    begin(slug) {
      expect(slug)
      const { runner } = loaded!
      loaded = null
      runner.stdin.end(BEGIN)
      return runner
    },
    expect,
    end,
  }
}

/** Where Node keeps what it compiled, which npm's scripts name as seen from the root. */
function cacheOf(root: string): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: folder } = process.env
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: resolve(root, folder) }
}

/** Ends a runner and all that it started. */
export function endRunner(runner: Runner): void {
  if (isAlive(runner)) endTree(runner.pid!)
}

const isAlive = ({ pid, exitCode, signalCode }: Runner) =>
  pid !== undefined && exitCode === null && signalCode === null

function load(root: string, slug: string): Runner {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const config = ['run', '--config', join(root, harnessConfig(root))]
  const reporter = ['--reporter', fileURLToPath(new URL('./reporter.ts', import.meta.url))]
  // Should this process be killed, the runner goes with it, and what the runner started with the runner.
  const args = ['--pdeathsig', 'KILL', '--', process.execPath, vitest, ...config, ...reporter]
  const runner = spawn('setpriv', args, {
    cwd: join(root, 'patterns', slug),
    env: { ...process.env, ...cacheOf(root), [WAITS]: '1' },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // One that never began, or ended before its time, is told by what it leaves.
  runner.on('error', () => {})
  runner.stdin.on('error', () => {})
  return runner
}
