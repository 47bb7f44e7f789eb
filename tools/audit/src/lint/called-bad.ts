import { sentencesOf } from '../snippet/expectation/end.ts'
import type { Code } from './facts/code.ts'
import { around, below, commentsAbove, field, type Node } from './facts/syntax.ts'

const BAD =
  /[❌✗✘⛔🚫👎]|\b(?:bad|wrong|incorrect|anti-?patterns?|pitfalls?|mistakes?|dangling|bugs?|unsafe variant)\b\s*(?:[:!.)*—-]|$)|^\W*(?:bad|wrong|don['’]?t|do not|avoid|never|incorrect|anti-?pattern)\b|\b(?:not to be copied|do not copy|don['’]t do this|never do this|is the bug|is wrong|goes? wrong|variant to avoid)\b/imu
const GOOD =
  /[✅✓✔👍]|\b(?:good|correct|right|fixed)\b\s*[:!)*—-]|^\W*(?:good|right|correct|fixed|instead|do this|better)\b/imu
const NAMED_BAD = /^(?:bad|wrong|broken|incorrect|buggy)(?=_|[A-Z]|$)/i

type Mark = 'good' | 'bad' | null

/**
 * Whether the guide itself says that this code is wrong. The nearest word decides: the name of what it stands in, the
 * comment above, the block's other comments, the words before the block, the headings.
 */
export function isCalledBad({ block, root }: Code, node: Node): boolean {
  for (const owner of [node, ...around(node)]) {
    const name = field(owner, 'name') ?? field(owner, 'declarator')
    const named = name?.text.replace(/\(.*/s, '').split('::').at(-1) ?? ''
    if (/^[A-Z]|_/i.test(named) && NAMED_BAD.test(named.replace(/^[*&\s]+/, ''))) return true
    const mark = markOf(commentsAbove(owner))
    if (mark !== null) return mark === 'bad'
  }
  const comments = below(root, 'comment', 'line_comment', 'block_comment')
  const marks = comments.map(({ text }) => markOf(text)).filter((mark) => mark !== null)
  if (marks.length > 0 && marks.every((mark) => mark === marks[0])) return marks[0] === 'bad'
  const said = block.before.split(/\n\s*\n/).at(-1) ?? ''
  const sentence = sentencesOf(said).at(-1) ?? ''
  // A page's title is about too much.
  const headings = block.headings.filter(({ depth }) => depth > 1).toReversed()
  for (const words of [sentence, ...headings.map(({ text }) => text)]) {
    const mark = markOf(words)
    if (mark !== null) return mark === 'bad'
  }
  return false
}

function markOf(words: string): Mark {
  const text = words.replace(/^\s*(?:\/\/+|\/\*+|\*+)[!\s]*/gm, '')
  const [good, bad] = [GOOD.exec(text)?.index, BAD.exec(text)?.index]
  if (good === undefined && bad === undefined) return null
  // "Wrong: a. Right: b." is about what comes first; "✅ not wrong:" is good.
  return bad === undefined || (good ?? Infinity) <= bad ? 'good' : 'bad'
}
