/** A crate whose locked version is not what it was; `null` where it was or is not there. */
export type Change = { name: string; before: string | null; after: string | null }

/** What changed from one Cargo.lock to another, by name. Of a crate that is locked twice, all versions are told. */
export function lockChanges(before: string, after: string): Change[] {
  const [old, now] = [locked(before), locked(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])].sort()
  return names
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((change) => change.before !== change.after)
}

function locked(lock: string): Map<string, string> {
  const entries = [...lock.matchAll(/^\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"/gm)]
  const byName = Map.groupBy(entries, ([, name]) => name!)
  return new Map(
    [...byName].map(([name, all]) => [
      name,
      all
        .map(([, , version]) => version!)
        .sort()
        .join(', '),
    ]),
  )
}
