import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Evidence, readEvidence } from '@cookbook/evidence'
import { proofOf as evidenceIn } from '@cookbook/evidence/proof'
import { errorAt, type Finding, topOf } from '@cookbook/guide'
import { identityOf } from '../verify/evidence-files.ts'
import { parseEvent } from './events.ts'
import { endRunner, type Runner } from './runners.ts'

/** What became of a run of a pattern's runner; `null` when it was cancelled. */
export type Proof = { findings: readonly Finding[]; skipped: number } | null

export type Running = { ended: Promise<Proof>; cancel(): void }

const LINES = 40

/** Follows the runner of a pattern to its end. `checked` hears of each check that ends, as soon as it does. */
export function prove(root: string, slug: string, child: Runner, checked: (name: string) => void): Running {
  const dir = join(root, 'patterns', slug)
  const words: string[] = []
  const before = identityOf(root, `patterns/${slug}`)
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const event = parseEvent(line)
      if (event !== null) checked(event.name)
      else if (words.push(line) > LINES) words.shift()
    })
  let cancelled = false
  const ended = new Promise<Proof>((resolve) => {
    child.once('error', ({ message }) => words.push(message))
    child.once('close', async () => {
      // What broke off early has not even taken away what an earlier run left.
      const evidence =
        (await before) === (await identityOf(root, `patterns/${slug}`)) ? null : readEvidence(dir)
      resolve(cancelled ? null : evidence === null ? brokeOff(slug, words) : proofOf(evidence))
    })
  })
  return {
    ended,
    cancel() {
      cancelled = true
      endRunner(child)
    },
  }
}

/** The evidence of an earlier run, where it is of what lies there now. */
export function earlierProof(root: string, dir: string): Proof {
  const earlier = evidenceIn(root, dir)
  return earlier.kind === 'verified' ? proofOf(earlier.evidence) : null
}

function brokeOff(slug: string, words: readonly string[]): Proof {
  const finding: Finding = errorAt(
    'no-evidence',
    topOf(`patterns/${slug}/verify.test.ts`),
    'the runner exited before writing its results',
    `npm run verify -- --filter=${slug}`,
    words.filter((line) => line.trim() !== ''),
  )
  return { findings: [finding], skipped: 0 }
}

function proofOf({ findings, claims }: Evidence): Proof {
  return { findings, skipped: claims.filter(({ verdict }) => verdict === 'skipped').length }
}
