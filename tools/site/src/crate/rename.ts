/** A crate of a pattern, as its chapter shows it. */
export type Crate = {
  /** The pattern's own, which is nothing, or one below it. */
  folder: string
  name: string
  /** The text of each file by its path from that folder. */
  files: Readonly<Record<string, string>>
  /** What a manifest says of the library in `crates/` where no path leads to it; `null` where no address is known. */
  library: string | null
}

const LIBRARY_PATH = /\bpath = "(?:\.\.\/)+crates\/[\w-]+"/g

/** Whether cargo takes it for the name of a package, and Rust for that of a crate. */
export const isCrateName = (name: string): boolean => /^[a-z][a-z\d]*(?:[-_][a-z\d]+)*$/.test(name)

/**
 * The crate by itself, under another name: in its manifest, which has the library of this repository from there, where its headers and bridges are included by it, and where its
 * programs use its library. Namespaces and the names of files stay.
 */
export function renameCrate(crate: Crate, to: string): Crate {
  const { name, files, library } = crate
  const renamed = Object.entries(files).map(([path, text]) => {
    const own = renameIn(path, text, name, to)
    return [
      path,
      path === 'Cargo.toml' && library !== null ? own.replaceAll(LIBRARY_PATH, library) : own,
    ] as const
  })
  return { ...crate, name: to, files: Object.fromEntries(renamed) }
}

function renameIn(path: string, text: string, from: string, to: string): string {
  const [library, renamed] = [from.replaceAll('-', '_'), to.replaceAll('-', '_')]
  if (path === 'Cargo.toml')
    return text.replaceAll(new RegExp(`^((?:name|default-run)\\s*=\\s*)"${from}"`, 'gm'), `$1"${to}"`)
  if (path === 'CMakeLists.txt')
    return text.replaceAll(new RegExp(`\\blib${library}\\b`, 'g'), `lib${renamed}`)
  const included = text.replaceAll(
    new RegExp(`(#\\s*include\\s*|\\binclude!\\(\\s*)"${from}/`, 'g'),
    `$1"${to}/`,
  )
  return /^(?:src\/main\.rs|src\/bin\/.+\.rs|(?:examples|tests)\/.+\.rs)$/.test(path)
    ? included.replaceAll(new RegExp(`(?<!::)\\b${library}::`, 'g'), `${renamed}::`)
    : included
}
