import type { Block } from '../document/block.ts'
import { type Bridge, readBridge } from '../snippet/bridge.ts'
import { lastSentence } from '../snippet/expectation/end.ts'
import type { Read, Snippet } from '../snippet/snippet.ts'

const GENERATED: Read = {
  kind: 'fragment',
  reason: 'it shows what cxx generates of a bridge, which is tried itself',
}

const SAID_TO_BE_MADE =
  /\bgenerate[sd]?\b|\bcxx (?:writes|emits|makes|produces)\b|\b(?:compiles?|translates?|turns?|expands?) (?:in)?to\b/i

/** Takes out the C++ that a page shows for what cxx writes: beside the bridge that it is of, it is there twice. */
export function withoutGenerated(reads: readonly Read[], blocks: readonly Block[]): Read[] {
  const bridges = Map.groupBy(
    reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : [])).flatMap(bridgeOf),
    ({ page }) => page,
  )
  return reads.map((read, at) => {
    const [first] = read.kind === 'snippets' ? read.snippets : []
    const of = first === undefined ? [] : (bridges.get(first.page) ?? [])
    if (read.kind !== 'snippets' || of.length === 0 || first!.language !== 'cpp') return read
    const { lines, before } = blocks[at]!
    const said = `${/^\s*\/[/*]+(.*)/.exec(lines[0]?.text ?? '')?.[1] ?? ''}\n${lastSentence(before)}`
    const defined = read.snippets.flatMap(({ outline }) => outline.segments.map(({ defines }) => defines))
    if (defined.length === 0 || !SAID_TO_BE_MADE.test(said)) return read
    const made = new Set(of.flatMap(({ bridge: { shared, rust } }) => [...shared.keys(), ...rust.types]))
    return defined.every((name) => name !== null && made.has(/(\w*)$/.exec(name)![1]!)) ? GENERATED : read
  })
}

function bridgeOf({ page, language, text, outline }: Snippet): { page: string; bridge: Bridge }[] {
  const bridge = language === 'rust' ? readBridge(text, outline.code) : null
  return bridge === null ? [] : [{ page, bridge }]
}
