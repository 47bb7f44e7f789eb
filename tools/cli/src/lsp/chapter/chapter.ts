import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { type Proof, proofOf } from '@cookbook/evidence/proof'
import { checkPackage, type Finding, noteSynced, type PatternPackage, readPackage } from '@cookbook/guide'
import { withNewerSide } from '@cookbook/harness/history'
import { findGuide } from '@cookbook/toolchain/find-guide'
import { lookAtContents } from '../../watch/contents.ts'
import type { Documents } from '../editor/documents.ts'

/** Where a pattern of a guide lies. */
export type PatternPlace = { root: string; slug: string; dir: string; chapter: string }

/** A pattern as the editor has it: what is wrong with it, and what is known of its text. */
export type ChapterNow = PatternPlace & {
  pkg: PatternPackage
  proof: Proof
  findings: readonly Finding[]
}

/** The pattern that a file belongs to; `null` of a file of none. */
export function patternOf(path: string): PatternPlace | null {
  const root = findGuide(dirname(path))
  if (root === null) return null
  const [folder, slug, ...rest] = relative(root, path).split(sep)
  if (folder !== 'patterns' || slug === undefined || rest.length === 0) return null
  const dir = join(root, 'patterns', slug)
  return existsSync(join(dir, 'package.json')) ? { root, slug, dir, chapter: join(dir, 'README.md') } : null
}

/**
 * Looks at a pattern as the editor has it: all that can be said of it without a compiler, and what its evidence found,
 * where that is of this very text.
 */
export async function readChapter(place: PatternPlace, documents: Documents): Promise<ChapterNow> {
  const { root, dir } = place
  const pkg = await readPackage(root, dir, documents.unsaved())
  const own = await withNewerSide(pkg, checkPackage(pkg))
  const home = realpathSync(dir)
  const isSaved = !documents.edited().some((path) => path.startsWith(home + sep))
  if (own.length === 0 && isSaved) await noteSynced(pkg)
  const proof: Proof = isSaved
    ? proofOf(root, dir)
    : { kind: 'unknown', why: 'it is being edited: save it, and verify it again' }
  const proved = proof.kind === 'verified' ? proof.evidence.findings : []
  const said = new Set(own.map(keyOf))
  const contents = await lookAtContents(root)
  return {
    ...place,
    pkg,
    proof,
    findings: [...contents, ...own, ...proved.filter((finding) => !said.has(keyOf(finding)))],
  }
}

const keyOf = ({ code, file, line, column }: Finding) => `${code} ${file}:${line}:${column}`
