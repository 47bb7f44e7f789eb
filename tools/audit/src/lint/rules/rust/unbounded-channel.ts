import { type Code, inLanguage } from '../../facts/code.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { fullPath } from '../../facts/rust.ts'
import { bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const unboundedChannel: Rule = {
  name: 'unbounded-channel',
  why: 'A channel without a bound accepts everything while nobody receives, so a slow receiver makes the process grow. A bound makes the sender wait, or lets it know that the channel is full.',
  chapter: 'patterns/best-practices/README.md#many-results',
  find: (codes) =>
    inLanguage(codes, 'rust').flatMap((code) =>
      below(code.root, 'call_expression').flatMap((call) => look(code, call, codes)),
    ),
}

const CHANNELS = /(?:^|::)(?:mpsc|channel|crossbeam|crossbeam_channel|async_channel|flume|kanal|loole)::/

function look(code: Code, call: Node, codes: readonly Code[]): Found[] {
  let callee = field(call, 'function')
  if (callee?.type === 'generic_function') callee = field(callee, 'function')
  if (callee === null || parts(field(call, 'arguments')).length > 0) return []
  if (!/\b(?:unbounded(?:_channel)?|channel)$/.test(bare(callee).replace(/::<.*>$/, ''))) return []
  const path = fullPath(bare(callee).replace(/::<.*>$/, ''), code, codes)
  const name = path.split('::').at(-1)!
  const found = (sureness: Found['sureness'], message: string) => [{ code, node: callee!, sureness, message }]
  if (name === 'unbounded_channel' && (path === name || CHANNELS.test(path)))
    return found('certain', `\`${name}\` makes a channel without a bound`)
  if (name === 'unbounded' && CHANNELS.test(path))
    return found('certain', '`unbounded` makes a channel without a bound')
  // The channels of tokio and futures take a capacity.
  if (/^(?:std::sync::)?mpsc::channel$/.test(path))
    return found('likely', '`channel` of `std::sync::mpsc` has no bound; `sync_channel` has')
  return []
}
