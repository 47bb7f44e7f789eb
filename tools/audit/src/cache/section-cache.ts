import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '@cookbook/toolchain'
import type { Block } from '../document/block.ts'
import type { SnippetVerdict } from '../judge/judge.ts'
import type { Snapshot } from '../placement/snapshot.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { GroupReport } from '../verdict.ts'
import { ownSource } from './own-source.ts'

/** What a snapshot came to: a verdict for each of its subjects, in their order. */
export type Section = { report: GroupReport; verdicts: readonly SnippetVerdict[] }

/**
 * The name of all that can change what comes of a snapshot: its text, what else it may take from the guide, the
 * toolchain and this program. Where on its page a block stands is no part of it.
 */
export function sectionKey(
  snapshot: Snapshot,
  blocks: readonly Block[],
  toolchain: string,
  lock: string,
): string {
  const reported = (snippet: Snippet) => [
    snippet.path,
    [snippet.expectation, snippet.errors, snippet.end, snippet.noRun, snippet.ignored, snippet.edition],
    snippet.elided,
    snippet.isC,
    snippet.language,
    snippet.misnamed,
    snippet.text,
    snapshot.subjects.includes(snippet),
    snippet.lines.map(({ at, hidden }) => [hidden, at.column, ...relative(at, blocks[snippet.block]!)]),
    snippet.sections.length,
  ]
  const all = [...snapshot.snippets, null, ...snapshot.reserve].map((snippet) =>
    snippet === null ? null : reported(snippet),
  )
  return createHash('sha256')
    .update(JSON.stringify([ownSource(), toolchain, lock, all]))
    .digest('hex')
    .slice(0, 32)
}

/** Waits for nothing: a read that is waited for takes its turn after all that else goes on. */
export function recall(
  folder: string,
  key: string,
  snapshot: Snapshot,
  blocks: readonly Block[],
): Section | null {
  const path = fileOf(folder, key)
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  const { report, verdicts }: Section = JSON.parse(text)
  return {
    report: { ...report, cached: true },
    verdicts: verdicts.map((verdict, at) => moved(verdict, blocks[snapshot.subjects[at]!.block]!, 1)),
  }
}

export function remember(
  folder: string,
  key: string,
  snapshot: Snapshot,
  blocks: readonly Block[],
  { report, verdicts }: Section,
): Promise<void> {
  const section = {
    report,
    verdicts: verdicts.map((verdict, at) => moved(verdict, blocks[snapshot.subjects[at]!.block]!, -1)),
  }
  return writeFileAtomic(fileOf(folder, key), JSON.stringify(section))
}

const fileOf = (folder: string, key: string) => join(folder, 'sections', `${key}.json`)

/** A line of the block's own page is counted from the block's first. */
function relative({ file, line }: { file: string; line: number }, block: Block): [string | null, number] {
  return file === block.file ? [null, line - block.line] : [file, line]
}

function moved(verdict: SnippetVerdict, block: Block, sign: 1 | -1): SnippetVerdict {
  const { error } = verdict
  if (error === null) return verdict
  const own = sign === 1 ? error.file === '' : error.file === block.file
  if (!own) return verdict
  return {
    ...verdict,
    error: { ...error, file: sign === 1 ? block.file : '', line: error.line + sign * block.line },
  }
}
