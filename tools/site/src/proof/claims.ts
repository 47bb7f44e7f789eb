import type { Proof } from './proof.ts'
import { verdictOf } from './proof-text.ts'

/** As much of a markdown-it token as is looked at. */
type Token = {
  type: string
  content: string
  children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

/** Makes each link "proved" say what the evidence says of its claim. */
export function markClaims(tokens: readonly Token[], proof: Proof): void {
  for (const { children } of tokens)
    for (const [at, token] of (children ?? []).entries()) {
      const text = children![at + 1]
      if (
        token.type !== 'link_open' ||
        text?.content !== 'proved' ||
        children![at + 2]?.type !== 'link_close'
      )
        continue
      const test = decodeURIComponent(token.attrGet('href') ?? '')
      const claim =
        proof.kind === 'verified' ? proof.evidence.claims.find((claim) => claim.test === test) : undefined
      const { state, word } = verdictOf(claim?.verdict)
      token.attrSet('class', `claim ${state}`)
      text.content = word
    }
}
