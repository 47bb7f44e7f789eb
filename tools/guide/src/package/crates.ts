/** Where a package keeps a second crate: the smallest program that is correct, with which its chapter opens. */
export const SMALL = 'small/'

/** The folder of the crate that a path belongs to, from the package's folder: `small/`, or nothing. */
export const crateFolderOf = (path: string): string => (path.startsWith(SMALL) ? SMALL : '')

/** A path from the folder of its crate, `src/main.rs` of `small/src/main.rs`, given from the package's folder. */
export const withinCrate = (path: string): string => path.slice(crateFolderOf(path).length)

/** The folders of the package's crates, of `contract`, its files: its own, and `small/` where that has a manifest. */
export const crateFolders = (contract: readonly string[]): string[] => [
  '',
  ...(contract.includes(`${SMALL}Cargo.toml`) ? [SMALL] : []),
]
