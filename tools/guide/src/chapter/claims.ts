import type { Heading, Link, ListItem, Nodes, Root } from 'mdast'
import type { Finding, SourceLocation } from '../finding/finding.ts'
import type { Claim } from './chapter.ts'
import { words } from './markdown.ts'
import { claimHeading, claimUnlinked } from './problem.ts'

const CLAIMS_HEADING = 'what can go wrong'

/** Whether a heading begins the section in which every list item is a claim. */
export const isClaimsHeading = (node: Heading): boolean => words(node).toLowerCase() === CLAIMS_HEADING

/** A heading that a reader takes for it, and under which nothing would be a claim. */
const isNearlyClaimsHeading = (node: Heading): boolean =>
  node.depth > 1 &&
  (/\bwrong\b|\bwhat (?:can|could|may|might) (?:fail|break)\b/i.test(words(node)) ||
    isMisspelt(words(node).toLowerCase())) &&
  !isClaimsHeading(node)

/** Whether it has the letters of the heading, in another order. */
function isMisspelt(heading: string): boolean {
  const letters = (text: string) => [...text.replace(/[^a-z]/g, '')].sort().join('')
  return letters(heading) === letters(CLAIMS_HEADING)
}

/** Whether lines (`from` to `to`, counted from 0) may hold a claim's link or begin the claims' section. */
export function mayHoldClaims(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (/proved|wrong|what (?:can|could|may|might)/i.test(lines[at]!)) return true
  return false
}

/**
 * The claims of a chapter: every link whose text is `proved`, with the list item or paragraph around it.
 * A statement of "What can go wrong" without such a link is a finding, and so is that section without a list.
 */
export function readClaims(
  root: Root,
  place: (node: Nodes) => SourceLocation,
): { claims: Claim[]; hasSection: boolean; findings: Finding[] } {
  const claims: Claim[] = []
  const findings: Finding[] = []
  let heading: Heading | null = null
  let items = 0
  let hasSection = false

  const closeSection = () => {
    if (heading && items === 0) findings.push(claimUnlinked(place(heading), 'this section lists no claim'))
    heading = null
    items = 0
  }
  const walk = (node: Nodes, sentence: Nodes): void => {
    if (isProof(node)) claims.push(claim(node, sentence, place(node)))
    else if ('children' in node)
      for (const child of node.children) walk(child, isSentence(node) ? inner(node, sentence) : sentence)
    if (node.type === 'listItem') items++
  }
  for (const [index, node] of root.children.entries()) {
    if (node.type === 'heading') {
      if (isNearlyClaimsHeading(node)) findings.push(claimHeading(place(node), words(node)))
      if (heading && node.depth <= (heading as Heading).depth) closeSection()
      if (!heading && isClaimsHeading(node)) heading = node
      hasSection ||= node.depth > 1 && isClaimsHeading(node)
    }
    walk(node, node)
    if (!heading) continue
    for (const statement of unproved(node, root.children[index + 1]))
      findings.push(claimUnlinked(place(statement), `nothing proves "${shorten(textOf(statement))}"`))
  }
  closeSection()
  return { claims, hasSection, findings }
}

const isProof = (node: Nodes): node is Link => node.type === 'link' && words(node) === 'proved'
const isSentence = ({ type }: Nodes) => type === 'listItem' || type === 'paragraph' || type === 'tableRow'
const isProved = (node: Nodes): boolean =>
  isProof(node) || ('children' in node && node.children.some(isProved))

/** What states something in the section of the claims and has no link of its own. `next` stands below it. */
function unproved(node: Nodes, next?: Nodes): Nodes[] {
  switch (node.type) {
    case 'list':
    case 'blockquote':
    case 'footnoteDefinition':
      return node.children.flatMap((child, index) => unproved(child, node.children[index + 1]))
    case 'listItem': {
      const nested = node.children.filter(({ type }) => type === 'list')
      const own = withoutNested(node)
      const isStated = !isProved(own) && !(nested.length > 0 && announces(own))
      return [...(isStated ? [node] : []), ...nested.flatMap((list) => unproved(list))]
    }
    case 'table':
      return node.children.slice(1).filter((row) => !isProved(row))
    case 'paragraph': {
      const follows = next !== undefined && /^(?:list|table|blockquote|code)$/.test(next.type)
      return isProved(node) || (follows && announces(node)) ? [] : [node]
    }
    case 'html':
      return textOf(node) === '' ? [] : [node]
    default:
      return []
  }
}

/** A line that ends with a colon says what the list below it is about. */
const announces = (node: Nodes) => words(node).trimEnd().endsWith(':')

/** What a reader sees of a node, in one line. */
function textOf(node: Nodes): string {
  if (node.type !== 'html') return words(node.type === 'listItem' ? withoutNested(node) : node)
  return node.value
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
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
