import { errorAt, type Finding, topOf } from '@cookbook/guide'
import { lastLines } from './messages.ts'

/** How cargo says that it asked for a crate or for the index, and how curl says that nobody could be asked. */
const ASKS =
  /^\s*error: (?:failed to (?:get|download|fetch|update|query|load source)|unable to update|download of)/im
const NOBODY =
  /spurious network error|Could(?:n't| not) (?:resolve|connect)|Network is unreachable|timed? ?out|Connection re(?:fused|set)|SSL (?:connect|peer|certificate)|attempting to make an HTTP request, but --offline was specified/i

/** Whether cargo says that it could not reach what has the crates. */
export function lacksNetwork(words: string): boolean {
  return ASKS.test(words) && NOBODY.test(words)
}

export function noNetwork(file: string, what: string, words: string): Finding {
  const lines = words.split('\n').filter((line) => !line.includes('spurious network error'))
  return errorAt(
    'no-network',
    topOf(file),
    `${what} needs crates that are not on this machine, and could not reach their registry, expected a network or the crates`,
    'connect the machine, or set HTTPS_PROXY, and verify again; once fetched (cargo fetch --locked), no network is needed',
    lastLines(lines.join('\n'), 8),
  )
}
