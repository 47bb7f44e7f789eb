import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorAt } from '../finding/error-at.ts'
import type { Finding } from '../finding/finding.ts'
import { SMALL } from './crates.ts'

/** No text of a package is as long. */
export const LONGEST_TEXT_BYTES = 16 * 1024 * 1024
const SHARED = ['Cargo.toml', 'Cargo.lock', 'README.md', 'package.json', 'package-lock.json', 'turbo.json']

/** What cannot be read of what all patterns share, and of the manifests that are built together. */
export function sharedFindings(root: string): Finding[] {
  const shared = [
    ...SHARED,
    ...readdirSync(join(root, 'patterns'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name: slug }) => ['', SMALL].map((crate) => `patterns/${slug}/${crate}Cargo.toml`)),
  ]
  const findings = shared.flatMap((path) => unreadableAt(root, path) ?? [])
  return findings.length > 0 ? findings : conflictMarkers(root, 'Cargo.lock')
}

/** A merge that nobody ended: cargo only says that it cannot parse the file. */
function conflictMarkers(root: string, file: string): Finding[] {
  if (lstatSync(join(root, file), { throwIfNoEntry: false }) === undefined) return []
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  const index = lines.findIndex((line) => /^(?:<{7}|>{7}|={7})(?: |$)/.test(line))
  if (index < 0) return []
  const at = { file, line: index + 1, column: 1 }
  const message = 'it holds the conflict markers of a merge, expected the lock file of cargo'
  return [
    errorAt(
      'unreadable',
      at,
      message,
      `take one side, git checkout --ours ${file}, then: cargo update --workspace`,
    ),
  ]
}

/** What cannot be read as a text, as it stands. */
export function unreadableBelow(root: string, folder: string): Finding[] {
  const whole = unreadableAt(root, folder)
  if (whole !== null || !statSync(join(root, folder)).isDirectory()) return whole === null ? [] : [whole]
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory() && entry.name === 'evidence.json')
      return [unreadable(path, 'a folder', 'a file that the harness writes')]
    if (entry.isDirectory()) return isBuilt(entry, folder) ? [] : unreadableBelow(root, path)
    return unreadableAt(root, path) ?? []
  })
}

/** The same of one path, whatever lies below it. */
function unreadableAt(root: string, path: string): Finding | null {
  const own = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (own === undefined) return null
  try {
    const found = statSync(join(root, path))
    const kind = kindOf(found)
    if (kind !== null) return unreadable(path, kind, 'a text')
    if (found.isFile() && found.size > LONGEST_TEXT_BYTES)
      return unreadable(path, `${found.size} bytes long`, `at most ${LONGEST_TEXT_BYTES}`)
    return null
  } catch (error) {
    // A link to nothing is another finding's.
    return (error as NodeJS.ErrnoException).code === 'ELOOP'
      ? unreadable(path, 'a link in a circle', 'a file')
      : null
  }
}

function kindOf(found: ReturnType<typeof lstatSync> & {}): string | null {
  if (found.isFIFO()) return 'a FIFO'
  if (found.isSocket()) return 'a socket'
  return found.isCharacterDevice() || found.isBlockDevice() ? 'a device' : null
}

function unreadable(file: string, what: string, expected: string): Finding {
  const at = { file, line: 1, column: 1 }
  return errorAt('unreadable', at, `it is ${what}, expected ${expected}`, `remove it: rm -r ${file}`)
}

/** What npm and turbo leave at the top of a package. */
export const isBuilt = ({ name }: Dirent, folder: string) =>
  folder.split('/').length === 2 && (name === 'node_modules' || name === 'target' || name === '.turbo')
