import { knownCrates } from '../../project/known-crates.ts'
import { lockedCrates } from '../../project/version.ts'
import { plain } from './disallowed.ts'

/** The crates that may be fetched and built: this project's own, those that guides often use, and `more`. */
export function allowedCrates(more: readonly string[]): ReadonlySet<string> {
  return new Set([...lockedCrates(), ...knownCrates(), ...more].map(plain))
}
