import type { MarkdownRenderer } from 'vitepress'
import { renderBlock } from './blocks.ts'
import { contexts } from './context.ts'
import { resolveLink } from './links.ts'
import type { Pages } from './pages.ts'
import { plotsOf } from './plots.ts'
import { markClaims } from './proof/claims.ts'
import { matrixPicture, readMatrix } from './proof/matrix.ts'
import { summaryOf } from './proof/summary.ts'
import type { Repository } from './repository.ts'

/** The last line of a chapter. */
const FOOT = /^(?:Previous: |Next: |\[All chapters\])/

type Rule = NonNullable<MarkdownRenderer['renderer']['rules'][string]>

/** Makes VitePress render the pages as the site shows them: links, files' names, proofs, diagrams. */
export function extendMarkdown(md: MarkdownRenderer, repository: Repository, pages: Pages): void {
  const contextOf = contexts(repository)

  md.core.ruler.push('site', ({ tokens, env, Token }) => {
    const context = contextOf(env)
    if (context.chapter !== null) markClaims(tokens, context.chapter.proof)
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (href === null) continue
      const target = resolveLink(repository, pages, context.file, href)
      // Without an address, the link is plain text.
      if (target === null) token.attrs = token.attrs!.filter(([name]) => name !== 'href')
      else token.attrSet('href', target)
    }
    blankHeadersToCells(tokens)
    removeSignposts(tokens)
    if (env.search) return
    const insert = (at: number, html: string) => {
      const block = new Token('html_block', '', 0)
      block.content = html
      tokens.splice(at, 0, block)
    }
    for (const { at, html } of plotsOf(tokens).reverse()) insert(at, html)
    const title = tokens.findIndex(({ type, tag }) => type === 'heading_close' && tag === 'h1')
    if (context.file === 'docs/matrix.md' && title >= 0)
      insert(title + 1, matrixPicture(readMatrix(repository.root)))
    if (context.chapter !== null && title >= 0)
      insert(title + 1, summaryOf(context.chapter.slug, context.chapter.proof, repository))
  })

  const { fence, text, code_inline } = md.renderer.rules as Record<'fence' | 'text' | 'code_inline', Rule>
  // Vue would take what stands in two braces for an expression.
  const inert =
    (rule: Rule): Rule =>
    (...args) =>
      rule(...args).replaceAll('{{', '&#123;&#123;')
  md.renderer.rules.text = inert(text)
  md.renderer.rules.code_inline = inert(code_inline)
  md.renderer.rules.fence = (...args) => {
    const [tokens, index, , env] = args
    const code = () => fence(...args)
    return env.search ? code() : renderBlock(tokens, index, code, contextOf(env))
  }
}

/** A header that says nothing is a cell: one without words would be read out as a header all the same. */
function blankHeadersToCells(tokens: readonly { type: string; tag: string; content: string }[]): void {
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'th_open' || tokens[at + 1]?.content.trim() !== '') continue
    token.tag = 'td'
    tokens[at + 2]!.tag = 'td'
  }
}

/** What a code host lacks: a file's name in a line above its block, and links to the neighbours below a chapter. */
function removeSignposts(tokens: { type: string; content: string; info: string }[]): void {
  for (let at = tokens.length - 3; at >= 0; at--) {
    const content = tokens[at + 1]?.content
    if (tokens[at]!.type !== 'paragraph_open' || content === undefined) continue
    const file = /^\[`([^`]+)`\]\(\1\)$/.exec(content)?.[1]
    const next = tokens[at + 3]
    const named = file !== undefined && next?.type === 'fence' && next.info.trim().split(/[\s#]/)[1] === file
    if (named || (next === undefined && FOOT.test(content))) tokens.splice(at, 3)
  }
}
