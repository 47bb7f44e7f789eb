import { resolve } from 'node:path'
import {
  type Audit,
  audit,
  type Block,
  type BlockVerdict,
  isDocument,
  type Lint,
  lints,
  type Page,
  type ReadGuide,
  readGuide,
  shownLine,
} from '@cookbook/audit'
import { openAudit } from '../../open-audit.ts'
import type { Documents } from '../editor/documents.ts'
import { type Settings, settingsFor } from './settings.ts'

/** A page as the editor has it, and its last audit. */
export type PageNow = {
  kind: 'page'
  path: string
  settings: Settings
  read: ReadGuide
  lints: readonly Lint[]
  /** `null` while there was none. */
  audited: Audited | null
  /** Why the last one could not begin. */
  problem: string | null
}

/** An audit, and the pages that it was of. */
export type Audited = { audit: Audit; pages: readonly Page[] }

/** Reads a page as the editor has it, and what needs no compiler is said of it. `null` of what is not audited. */
export async function readPage(
  path: string,
  args: readonly string[],
  documents: Documents,
): Promise<PageNow | { kind: 'refused'; problem: string } | null> {
  if (!isDocument(path)) return null
  const settings = await settingsFor(path, args)
  if (settings.kind === 'refused') return settings
  if (!settings.wants(path)) return null
  const read = await readGuide([path], settings.folder, documents.unsaved())
  // What is read and shows no code is no guide: a source without documentation, a page of prose.
  if (read.pages.length > 0 && read.pages.every(({ blocks }) => blocks.length === 0)) return null
  const shown = read.pages.filter(({ blocks }) => blocks.every(({ role }) => role !== 'library'))
  return { kind: 'page', path, settings, read, lints: await lints(shown), audited: null, problem: null }
}

/** Audits a page as it was read. Rejects when the signal is aborted. */
export async function auditPage(
  { settings, read }: PageNow,
  root: string,
  signal: AbortSignal,
  progress: (text: string) => void,
): Promise<{ kind: 'audited'; audited: Audited } | { kind: 'refused'; problem: string }> {
  const { values, folder } = settings
  progress('looking for compilers and a sandbox')
  const opened = await openAudit(root, values, folder, progress)
  if (opened.kind === 'refused') return opened
  signal.throwIfAborted()
  const said = await audit(read.pages, read.troubles, {
    ...opened.options,
    signal,
    progress: (text) => progress(shownLine(text)),
  })
  return { kind: 'audited', audited: { audit: said, pages: read.pages } }
}

/**
 * What is known of a page as it is now: what its last audit said of the blocks that are in it still, at their lines of now,
 * and what is read of it. Of a block that was changed nothing is known.
 */
export function auditNow({ audited, read, lints }: PageNow): Audit {
  const nothing = { toolchain: '', blocks: [], groups: [], durationMs: 0 }
  const known = audited?.audit ?? nothing
  const moves = audited === null ? new Map<string, Block>() : movesOf(audited.pages, read.pages)
  const blocks = known.blocks.flatMap((verdict): BlockVerdict[] => {
    const now = moves.get(keyOf(verdict))
    if (now === undefined) return []
    const by = now.line - verdict.line
    const { error } = verdict
    const moved = error?.file === verdict.file ? { ...error, line: error.line + by } : error
    return [{ ...verdict, line: now.line, error: moved }]
  })
  return { ...known, blocks, lints, troubles: read.troubles }
}

/** Where each block of some pages is in others; those that changed are nowhere. */
function movesOf(before: readonly Page[], now: readonly Page[]): Map<string, Block> {
  const left = Map.groupBy(
    now.flatMap(({ blocks }) => blocks),
    contentOf,
  )
  return new Map(
    before
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => {
        const other = left.get(contentOf(block))?.shift()
        return other === undefined ? [] : [[keyOf(block), other] as const]
      }),
  )
}

export const keyOf = ({ file, line }: { file: string; line: number }): string => `${line} ${file}`

const contentOf = ({ file, lang, attributes, leftOut, lines }: Block): string =>
  JSON.stringify([file, lang, attributes, leftOut, lines.map(({ text, hidden }) => [text, hidden])])

/** The path of a file that a page names. */
export const pathIn = ({ settings }: PageNow, file: string): string => resolve(settings.folder, file)
