import { join } from 'node:path'
import { type Finding, findPatterns, showFinding } from '@cookbook/guide'
import { COMPILES } from '@cookbook/harness/check-names'
import { clippy, type Linted } from '@cookbook/harness/clippy'
import type { Batch } from './changes.ts'
import { lookAtContents } from './contents.ts'
import { type Look, look } from './look.ts'
import { earlierProof, type Proof, prove, type Running } from './proof.ts'
import { openRunners } from './runners.ts'
import type { View } from './screen.ts'

/** A pattern that is watched: as it is now, and what was proved of it. */
type Watched = {
  look: Look
  proof: NonNullable<Proof> | null
  key: string | null
  text: string | null
  linted: (Linted & Pick<Look, 'key' | 'text'>) | null
}

/** What is done now for a pattern. */
type Step =
  | (Omit<Running, 'ended'> & { kind: 'proves'; compiledMs: number | null })
  | { kind: 'lints'; cancel(): void }

/** Whether what clippy said is of another code, or of lines that are elsewhere now. */
const isOutdatedLint = ({ key, text, findings }: NonNullable<Watched['linted']>, look: Look) =>
  key !== look.key || (findings.length > 0 && text !== look.text)

/** What goes on between the first save and the last word about it. */
export type Session = {
  changed(batch: Batch): void
  /** Shows why the tools as they are now cannot judge. */
  troubled(why: string): void
  end(): void
}

/** What is watched. */
export type Wanted = {
  slugs: ReadonlySet<string> | 'all'
  /** Whether what earlier runs saw counts for nothing. */
  fresh: boolean
}

/**
 * Keeps what is known of the patterns `wanted` up to date: looks at what changed, proves again what that made
 * worthless, one pattern at a time, and shows each step. A change cancels what is being proved.
 */
export function openSession(
  root: string,
  { slugs: wanted, fresh }: Wanted,
  show: (view: View) => void,
): Session {
  const watched = new Map<string, Watched>()
  const runners = openRunners(root)
  let running: (Step & { slug: string; text: string }) | null = null
  let since = performance.now()
  let looks = Promise.resolve()
  let ended = false
  let contents: readonly Finding[] = []
  let trouble: string | null = null

  const isUnproved = ({ look, proof, key, text }: Watched) =>
    proof === null || key !== look.key || (proof.findings.length > 0 && text !== look.text)
  const isUnlinted = ({ look, linted }: Watched) => linted === null || isOutdatedLint(linted, look)
  const stale = (one: Watched) => isUnproved(one) || isUnlinted(one)
  const waiting = () => [...watched.values()].filter(stale).map(({ look }) => look.slug)

  const texts = () =>
    [...watched.values()]
      .map(({ look }) => `${look.slug} ${look.text}`)
      .sort()
      .concat(contents.map(showFinding))
      .join()

  function display(): void {
    const all = [...watched.values()]
    const sum = (pick: (one: Watched) => number) => all.reduce((total, one) => total + pick(one), 0)
    show({
      trouble,
      findings: [...contents, ...all.flatMap(findingsOf)],
      patterns: all.length,
      examples: sum(({ look }) => look.examples),
      claims: sum(({ look }) => look.claims),
      skipped: sum(({ proof }) => proof?.skipped ?? 0),
      withoutClippy: [...new Set(all.flatMap(({ linted }) => linted?.without ?? []))],
      running,
      waiting: waiting().filter((slug) => slug !== running?.slug),
      tookMs: performance.now() - since,
    })
  }

  /** Answers whether anything is another than it was: a file may also be touched, or come back as it was. */
  async function lookAgain(batch: Batch): Promise<boolean> {
    const before = texts()
    contents = await lookAtContents(root)
    const there = (await findPatterns(root)).filter((slug) => wanted === 'all' || wanted.has(slug))
    for (const slug of watched.keys()) if (!there.includes(slug)) watched.delete(slug)
    const affected = there.filter(
      (slug) => batch.slugs === 'all' || batch.slugs.has(slug) || !watched.has(slug),
    )
    for (const slug of affected) {
      const now = await look(root, slug).catch(() => null)
      const known = watched.get(slug)
      // A file that goes while it is read is a change of its own, which is on its way.
      if (now === null) continue
      // What changed last comes last, and is proved first.
      if (known !== undefined && known.look.text !== now.text) watched.delete(slug)
      if (known !== undefined) watched.set(slug, { ...known, look: now })
      else {
        const dir = join(root, 'patterns', slug)
        const proof = fresh ? null : earlierProof(root, dir)
        watched.set(slug, { look: now, proof, key: proof && now.key, text: proof && now.text, linted: null })
      }
    }
    return texts() !== before
  }

  async function proveOne({ slug, text, key }: Look): Promise<void> {
    const run = prove(root, slug, runners.begin(slug), (name) => {
      if (running?.kind !== 'proves' || name !== COMPILES) return
      running.compiledMs = performance.now() - since
      display()
    })
    running = { ...run, kind: 'proves', slug, text, compiledMs: null }
    display()
    const proof = await run.ended
    const now = watched.get(slug)
    // A file that was touched and not changed spoils a run as well.
    const spoilt = proof?.findings.some(({ code }) => code === 'changed-while-verified')
    if (proof !== null && !spoilt && now !== undefined) watched.set(slug, { ...now, proof, key, text })
  }

  async function lintOne({ slug, text, key }: Look): Promise<void> {
    const abort = new AbortController()
    running = { kind: 'lints', slug, text, cancel: () => abort.abort() }
    display()
    const linted = await clippy(root, slug, abort.signal)
    const now = watched.get(slug)
    if (!abort.signal.aborted && now !== undefined)
      watched.set(slug, { ...now, linted: { ...linted, key, text } })
  }

  /** Proves what is stale, the pattern that changed last before the others, until nothing is. */
  async function proveAll(): Promise<void> {
    let proved: string | null = null
    for (let slug = waiting().at(-1); slug !== undefined && !ended; slug = waiting().at(-1)) {
      const { look: subject } = watched.get(slug)!
      proved = slug
      if (isUnproved(watched.get(slug)!)) await proveOne(subject)
      else await lintOne(subject)
    }
    running = null
    if (ended) return
    display()
    if (proved !== null) runners.expect(proved)
  }

  /** Whether what is being proved is not what has to be proved first now. */
  const isOutdated = () => {
    const next = waiting().at(-1)
    return running !== null && (next !== running.slug || watched.get(next)?.look.text !== running.text)
  }

  return {
    changed(batch) {
      looks = looks.then(async () => {
        if (running === null) since = batch.at
        const changed = await lookAgain(batch)
        if (ended) return
        if (isOutdated()) {
          since = batch.at
          running!.cancel()
        }
        if (running === null) proveAll().catch((error) => console.error(error))
        else if (changed) display()
      })
      looks.catch((error) => console.error(error))
    },
    troubled(why) {
      trouble = why
      display()
    },
    end() {
      ended = true
      running?.cancel()
      runners.end()
    },
  }
}

/** What is wrong with one pattern; what a look says already is not said again in the words of the proof. */
function findingsOf({ look, proof, key, text, linted }: Watched): Finding[] {
  const current = proof !== null && key === look.key && (proof.findings.length === 0 || text === look.text)
  const locationOf = ({ code, file, line, column }: Finding) => `${code} ${file}:${line}:${column}`
  const said = new Set(look.findings.map(locationOf))
  const proved = current ? proof.findings.filter((finding) => !said.has(locationOf(finding))) : []
  const lints = linted === null || isOutdatedLint(linted, look) ? [] : linted.findings
  return [...look.findings, ...proved, ...lints].filter(({ severity }) => severity === 'error')
}
