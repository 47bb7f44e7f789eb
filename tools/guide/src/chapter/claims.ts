import type { Heading, Link, ListItem, Nodes, Root } from 'mdast'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import type { Claim } from './chapter.ts'
import { words } from './markdown.ts'
import { claimHeading, claimUnlinked } from './problem.ts'

/** Whether a heading begins the section in which every list item is a claim. */
export const isClaimsHeading = (node: Heading): boolean => words(node).toLowerCase() === 'what can go wrong'

/** A heading that a reader takes for it, and under which nothing would be a claim. */
const isNearlyClaimsHeading = (node: Heading): boolean =>
  node.depth > 1 &&
  /\bwrong\b|\bwhat (?:can|could|may|might) (?:fail|break)\b/i.test(words(node)) &&
  !isClaimsHeading(node)

/** What stands outside of a list in that section; a line that ends with a colon says what a list is about. */
const statesSomething = (node: Nodes): boolean =>
  node.type === 'blockquote' ||
  node.type === 'table' ||
  (node.type === 'paragraph' && !words(node).trimEnd().endsWith(':'))

/** Whether lines (`from` to `to`, counted from 0) may hold a claim's link or begin the claims' section. */
export function mayHoldClaims(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (/proved|wrong|what (?:can|could|may|might)/i.test(lines[at]!)) return true
  return false
}

/**
 * The claims of a chapter: every link whose text is `proved`, with the list item or paragraph around it.
 * A list item of "What can go wrong" without such a link is a finding, and so is that section without
 * a list.
 */
export function readClaims(
  root: Root,
  place: (node: Nodes) => SourceLocation,
): { claims: Claim[]; findings: Finding[] } {
  const claims: Claim[] = []
  const findings: Finding[] = []
  let heading: Heading | null = null
  let items = 0

  const closeSection = () => {
    if (heading && items === 0) findings.push(claimUnlinked(place(heading), 'this section lists no claim'))
    heading = null
    items = 0
  }
  const walk = (node: Nodes, sentence: Nodes): number => {
    if (node.type === 'link' && words(node) === 'proved') {
      claims.push(claim(node, sentence, place(node)))
      return 1
    }
    if (!('children' in node)) return 0
    const around = node.type === 'listItem' || node.type === 'paragraph' ? inner(node, sentence) : sentence
    let links = 0
    for (const child of node.children) links += walk(child, around)
    if (heading && node.type === 'listItem') {
      items++
      if (links === 0) findings.push(claimUnlinked(place(node), `nothing proves "${shorten(words(node))}"`))
    }
    return links
  }
  for (const node of root.children) {
    if (node.type === 'heading') {
      if (isNearlyClaimsHeading(node)) findings.push(claimHeading(place(node), words(node)))
      if (heading && node.depth <= (heading as Heading).depth) closeSection()
      if (!heading && isClaimsHeading(node)) heading = node
    }
    const links = walk(node, node)
    if (heading && links === 0 && statesSomething(node))
      findings.push(claimUnlinked(place(node), `nothing proves "${shorten(words(node))}"`))
  }
  closeSection()
  return { claims, findings }
}

// A paragraph of a list item is no sentence of its own: the item is.
const inner = (node: Nodes, sentence: Nodes): Nodes =>
  node.type === 'paragraph' && sentence.type === 'listItem' ? sentence : node

function claim(link: Link, sentence: Nodes, { line, column }: SourceLocation): Claim {
  const [path = '', name] = link.url.split(/#(.*)/s)
  return {
    text: sentenceText(sentence),
    line,
    column,
    file: decoded(path),
    name: name ? decoded(name) : null,
  }
}

function sentenceText(node: Nodes): string {
  const own = node.type === 'listItem' ? withoutNested(node) : node
  return words(dropLinks(own)).replace(/[\s,;]+$/, '')
}

const withoutNested = (item: ListItem): ListItem => ({
  ...item,
  children: item.children.filter((child) => child.type !== 'list'),
})

function dropLinks(node: Nodes): Nodes {
  if (node.type === 'link' && words(node) === 'proved') return { type: 'text', value: '' }
  return 'children' in node ? ({ ...node, children: node.children.map(dropLinks) } as Nodes) : node
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
