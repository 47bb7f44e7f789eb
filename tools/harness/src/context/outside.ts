import { errorAt, type Finding, topOf } from '@cookbook/guide'
import type { Outcome } from '@cookbook/toolchain'
import { lastLines } from './messages.ts'
import { lacksNetwork, noNetwork } from './no-network.ts'
import { lacksSpace, noSpace } from './no-space.ts'

/** Why a command failed when neither it nor the chapter is to blame; `null` when one of them may be. */
export function outsideFinding(file: string, what: string, outcome: Outcome): Finding | null {
  const { stdout, stderr } = outcome
  if (outcome.kind === 'lost')
    return errorAt(
      'toolchain-lost',
      topOf(file),
      `${what} did not finish: container ${outcome.container} was lost, expected it to run throughout`,
      'see that the engine runs, and nobody removes the container: npm run doctor, then npm run verify',
      lastLines(stderr, 5),
    )
  if (lacksNetwork(stderr)) return noNetwork(file, what, stderr)
  const words = [stderr, stdout].find(lacksSpace)
  return words === undefined ? null : noSpace(file, what, words)
}
