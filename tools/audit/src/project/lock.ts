/** A crate as a lock names it: all that can change what it is. */
export type Locked = { name: string; version: string; source: string; checksum: string }

const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index'

/** The crates of a lock; the package that it is of has no source. */
export function cratesOf(lock: string): Locked[] {
  return lock.split('[[package]]').flatMap((entry) => {
    const value = (key: string) => new RegExp(`^${key} = "([^"\\n]*)"$`, 'm').exec(entry)?.[1] ?? ''
    const name = value('name')
    const source = value('source')
    return name === '' || (source === '' && value('checksum') === '' && /^stub-[0-9a-f]+$/.test(name))
      ? []
      : [{ name, version: value('version'), source, checksum: value('checksum') }]
  })
}

/** Why crates of a lock may not be built: each has to be of crates.io, and to have a checksum. */
export function lockProblem(lock: string): string | null {
  const strange = cratesOf(lock).find(
    ({ source, checksum }) => source !== CRATES_IO || !/^[0-9a-f]{64}$/.test(checksum),
  )
  return strange === undefined
    ? null
    : `${strange.name} ${strange.version} is not a crate of crates.io with a checksum, and only such are built`
}
