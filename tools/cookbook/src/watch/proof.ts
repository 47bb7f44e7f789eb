import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Finding } from '@cookbook/guide'
import { EVIDENCE_FILE, type Evidence } from '@cookbook/harness/evidence'
import { endTree } from './end-tree.ts'

/** What became of a run of a pattern's runner; `null` when it was cancelled. */
export type Proof = { findings: readonly Finding[]; skipped: number } | null

export type Running = { ended: Promise<Proof>; cancel(): void }

const LINES = 40

/** Starts the runner of a pattern. `checked` hears of each check that ends, as soon as it does. */
export function prove(root: string, slug: string, checked: (name: string) => void): Running {
  const dir = join(root, 'patterns', slug)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const runner = ['run', '--config', '../../tools/harness/vitest.config.ts']
  const reporter = join(import.meta.dirname, 'reporter.ts')
  // Should this process be killed, the runner goes with it, and what the runner started with the runner.
  const args = ['--pdeathsig', 'KILL', '--', process.execPath, vitest, ...runner, '--reporter', reporter]
  const child = spawn('setpriv', args, { cwd: dir, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const words: string[] = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const name = /^checked (.*)$/.exec(line)?.[1]
      if (name !== undefined) checked(name)
      else if (words.push(line) > LINES) words.shift()
    })
  let cancelled = false
  const ended = new Promise<Proof>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', async () => resolve(cancelled ? null : await read(dir, slug, words)))
  })
  return {
    ended,
    cancel() {
      cancelled = true
      if (child.pid !== undefined && child.exitCode === null) endTree(child.pid)
    },
  }
}

/** The evidence of an earlier run, where it is of what lies there now. */
export async function earlierProof(dir: string, digest: string): Promise<Proof> {
  const evidence = await evidenceIn(dir)
  return evidence?.digest === digest ? proofOf(evidence) : null
}

async function read(dir: string, slug: string, words: readonly string[]): Promise<Proof> {
  const evidence = await evidenceIn(dir)
  if (evidence !== null) return proofOf(evidence)
  const finding: Finding = {
    code: 'no-evidence',
    severity: 'error',
    file: `patterns/${slug}/verify.test.ts`,
    line: 1,
    column: 1,
    message: 'it broke off before it wrote what it found',
    detail: words.filter((line) => line.trim() !== ''),
    remedy: `npm run verify -- --filter=${slug}`,
  }
  return { findings: [finding], skipped: 0 }
}

async function evidenceIn(dir: string): Promise<Evidence | null> {
  try {
    return JSON.parse(await readFile(join(dir, EVIDENCE_FILE), 'utf8'))
  } catch {
    return null
  }
}

function proofOf({ findings, claims }: Evidence): Proof {
  return { findings, skipped: claims.filter(({ verdict }) => verdict === 'skipped').length }
}
