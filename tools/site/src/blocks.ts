import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { regionsOf } from '@cookbook/guide'
import type { Context } from './context.ts'
import { explorerAddress } from './explorer.ts'
import { escapeHtml, link } from './html.ts'
import { proofText, verdictOf } from './proof/proof-text.ts'
import { fileAddress, lineOf } from './repository.ts'

/** A fence of a page, as markdown-it has it. */
type Fence = { type: string; info: string; content: string; map: [number, number] | null }
/** The file, and its region, that a fence shows. */
type Source = { name: string; path: string; region: string | null }

/**
 * Renders the fence at `index`: a diagram, or code. Code that names its file has the name above it, with a link to the
 * first line of its text, and whether it is verified. `code` renders the code itself.
 */
export function renderBlock(
  tokens: readonly Fence[],
  index: number,
  code: () => string,
  context: Context,
): string {
  const { info, content, map } = tokens[index]!
  if (info.trim() === 'mermaid')
    return `<Diagram source="${encodeURIComponent(content)}"><pre v-pre>${escapeHtml(content)}</pre></Diagram>\n`
  const source = sourceOf(info)
  if (source === null) return code()
  const { path, region } = source
  const { repository, folder, chapter } = context
  const file = folder + path
  const line = region === null ? null : lineOf(repository.root, file, `ANCHOR: ${region}`)
  const parts = [link(fileAddress(repository, file, line), path, ' class="path"')]
  if (chapter !== null) {
    const seen = tokens
      .slice(0, index)
      .some((token) => token.type === 'fence' && sourceOf(token.info)?.path === path)
    if (!seen) parts.push(explorerLink(join(repository.root, file)))
    if (region !== null && !seen) parts.push(`<CopyFile slug="${chapter.slug}" path="${path}" />`)
    parts.push(proofOf(source, map === null ? 0 : map[0] + 1, context))
  }
  return `<figure class="file"><figcaption>${parts.join('')}</figcaption>${code()}</figure>\n`
}

function sourceOf(info: string): Source | null {
  const [, name, path, region] = /^\w+\s+(([\w./-]+)(?:#([\w-]+))?)$/.exec(info.trim()) ?? []
  return name && path ? { name, path, region: region ?? null } : null
}

/** Whether the block on this line is verified; opened, it says by what, and leads to the check. */
function proofOf({ name, path }: Source, line: number, { repository, folder, chapter }: Context): string {
  const { proof } = chapter!
  const found =
    proof.kind === 'verified'
      ? proof.evidence.examples.find((example) => example.source === name && example.line === line)
      : undefined
  const { state, word } = verdictOf(found?.verdict)
  const runner = `${folder}verify.test.ts`
  const checks = link(fileAddress(repository, runner, lineOf(repository.root, runner, path)), 'Its checks')
  return `<details class="proof ${state}"><summary>${word}</summary><p>${proofText(proof, repository)} ${checks}.</p></details>`
}

/** A link to Compiler Explorer of a file of C++ that needs nothing of the crate. */
function explorerLink(path: string): string {
  if (!/\.(?:cc|cpp|h|hpp)$/.test(path) || !existsSync(path)) return ''
  const address = explorerAddress(`${regionsOf(readFileSync(path, 'utf8')).whole.text}\n`)
  return address === null ? '' : link(address, 'Compiler Explorer')
}
