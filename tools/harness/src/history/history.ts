import {
  type Chapter,
  decode,
  type Example,
  type Finding,
  hashOf,
  keyOf,
  type PatternPackage,
  parseChapter,
  readSynced,
  regionsOf,
  sourceOf,
} from '@cookbook/guide'
import { commitsOf, committed } from './git.ts'

/**
 * Which side of an example that drifted has the newer text. `both`: each was changed since the last commit, and since
 * they last agreed, so that either direction would lose one. `unknown`: git does not say.
 */
export type Newer = 'chapter' | 'source' | 'both' | 'unknown'

/** How far back a drift is looked for that was committed. */
const COMMITS = 20

/** The texts of an example and of its source at one time; `null` where there was none. */
type Texts = { chapter: string | null; source: string | null }

/** Which side changed last, by what git has and by what `noteSynced` noted. */
export async function newerSide(pkg: PatternPackage, example: Example): Promise<Newer> {
  const source = sourceOf(pkg, example)?.text
  if (source === undefined) return 'unknown'
  const head = await textsAt(pkg, example, 'HEAD')
  const syncState = (await readSynced(pkg))[keyOf(pkg.chapter, example)]
  const known = {
    chapter: isKnown(example.text, head.chapter, syncState),
    source: isKnown(source, head.source, syncState),
  }
  if (known.chapter !== known.source) return known.chapter ? 'source' : 'chapter'
  if (known.chapter) return newerCommit(pkg, example)
  return head.chapter === null && head.source === null && syncState === undefined ? 'unknown' : 'both'
}

const isKnown = (text: string, head: string | null, syncState: string | undefined) =>
  text === head || hashOf(text) === syncState

/** Drift that is committed: the side that the youngest commit changed which changed one of them. */
async function newerCommit(pkg: PatternPackage, example: Example): Promise<Newer> {
  const { chapter, root } = pkg
  const paths = [chapter.file, pkg.files.get(example.source.path)!.file]
  for (const commit of await commitsOf(root, paths, COMMITS)) {
    const [after, before] = await Promise.all([
      textsAt(pkg, example, commit),
      textsAt(pkg, example, `${commit}^`),
    ])
    const changed = { chapter: after.chapter !== before.chapter, source: after.source !== before.source }
    if (changed.chapter !== changed.source) return changed.chapter ? 'chapter' : 'source'
    if (changed.chapter) return 'unknown'
  }
  return 'unknown'
}

async function textsAt(pkg: PatternPackage, example: Example, commit: string): Promise<Texts> {
  const { chapter, files, root } = pkg
  const [page, code] = await Promise.all([
    committed(root, commit, chapter.file),
    committed(root, commit, files.get(example.source.path)!.file),
  ])
  return {
    chapter: page === null ? null : exampleIn(parseChapter(page, chapter.file), keyOf(chapter, example)),
    source: code === null ? null : regionIn(decode(code).text.raw, example),
  }
}

function exampleIn(chapter: Chapter, key: string): string | null {
  return chapter.examples.find((example) => keyOf(chapter, example) === key)?.text ?? null
}

function regionIn(text: string, { source }: Example): string | null {
  const { regions, whole } = regionsOf(text)
  return (source.region === null ? whole : regions.get(source.region))?.text ?? null
}

const SAYS: Record<Newer, string> = {
  chapter: 'the chapter changed last. ',
  source: 'the source changed last. ',
  both: 'both changed since they last agreed: make them equal by hand, or commit one. ',
  unknown: '',
}

/** The findings of a package, where those of drift also say which side changed last. */
export function withNewerSide(pkg: PatternPackage, findings: readonly Finding[]): Promise<Finding[]> {
  return Promise.all(
    findings.map(async (finding) => {
      const example = finding.code === 'drift' ? exampleAt(pkg.chapter, finding.line) : undefined
      if (example === undefined) return finding
      const says = SAYS[await newerSide(pkg, example)]
      const fix = says === '' ? finding.fix : says + capital(finding.fix)
      return { ...finding, fix }
    }),
  )
}

const exampleAt = ({ examples }: Chapter, line: number) =>
  examples.find((example) => example.line <= line && line <= example.endLine)

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
