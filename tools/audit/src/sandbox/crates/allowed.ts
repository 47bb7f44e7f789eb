import { knownCrates, lockedCrates } from '../../project/known-crates.ts'
import { plain } from '../../project/manifest-shape.ts'

/** The crates that may be fetched and built: this project's own, those that guides often use, and `more`. */
export function allowedCrates(more: readonly string[]): ReadonlySet<string> {
  return new Set([...lockedCrates(), ...knownCrates(), ...more].map(plain))
}
