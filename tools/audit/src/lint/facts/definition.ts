import type { Bridged } from './bridge.ts'
import type { CxxFunction } from './cxx.ts'
import { nearestTo } from './near.ts'

/** What the page shows of the C++ side of a bridged function: the definitions that C++ would link with it. */
export function definitionsOf(bridged: Bridged, functions: readonly CxxFunction[]): CxxFunction[] {
  const namespace = bridged.namespace.split('::').filter((name) => name !== '')
  const named = functions.filter(({ name, scope }) => {
    if (name !== bridged.cxxName) return false
    // A block that goes on where another left off does not show the namespace that it is in.
    return scope.length === 0 || namespace.length === 0 || scope.at(-1) === namespace.at(-1)
  })
  return nearestTo(bridged.code, named)
}
