import { BOUNDS } from '../document/bounds.ts'
import { named } from '../snippet/cmake-says.ts'
import { nearest } from '../snippet/nearest.ts'
import { baseOf, languageOf } from '../snippet/path.ts'
import type { Piece } from '../snippet/piece.ts'
import { builds, includes, isBridge, isPackage, modules, packageName, qualified } from '../snippet/says.ts'
import { conflict, isOfAnother } from './conflict.ts'

/**
 * What a reader has before him at one point of the guide: pieces that go together. The guide's later versions of a
 * file make stages of their own, and so does each block that is said not to compile.
 */
export type Stage = {
  /** Those whose verdict this stage decides. */
  subjects: readonly Piece[]
  /** All that are in it from the start, subjects included, in the guide's order. */
  pieces: readonly Piece[]
  /** What other sections show, for what these leave out. */
  reserve: readonly Piece[]
}

/** Puts the pieces of a page together, those of each of its packages by themselves. */
export function stagesOf(pieces: readonly Piece[]): Stage[] {
  const library = pieces.filter(({ role }) => role === 'library')
  const alone = pieces.filter(({ role }) => role === 'example')
  const others = pieces.filter(({ role }) => role === undefined)
  const folders = foldersApart(others)
  const ofPackage = ({ path }: Piece) => folders.find((folder) => path?.startsWith(folder)) ?? ''
  return [
    ...[...Map.groupBy(others, ofPackage).values()].flatMap(stagesOfPackage),
    ...alone.map((piece) => ({ subjects: [piece], pieces: [...library, piece], reserve: [] })),
  ]
}

/**
 * The folders of packages that a page shows below another package, which knows nothing of them: a reader builds each
 * by itself.
 */
function foldersApart(pieces: readonly Piece[]): string[] {
  const outer = pieces.filter((piece) => piece.path === 'Cargo.toml')
  const text = outer.map((piece) => piece.text).join('\n')
  if (!outer.some(isPackage) || /^\s*\[workspace\b/m.test(text)) return []
  return pieces
    .filter((piece) => isPackage(piece) && piece.path?.endsWith('/Cargo.toml'))
    .map(({ path }) => path!.slice(0, -'Cargo.toml'.length))
    .slice(0, BOUNDS.named)
    .filter(
      (folder) => !new RegExp(`path\\s*=\\s*"(?:\\./)?${RegExp.escape(folder.slice(0, -1))}/?"`).test(text),
    )
}

function stagesOfPackage(pieces: readonly Piece[]): Stage[] {
  const plain = pieces.filter(({ promise }) => promise !== 'refused')
  const stages: Stage[] = []
  let current: Piece[] = []
  let decided = new Set<Piece>()
  const close = () => {
    const subjects = current.filter((piece) => !decided.has(piece))
    if (subjects.length > 0) stages.push(stage(subjects, current, pieces))
    decided = new Set([...decided, ...current])
  }
  for (const piece of plain) {
    const rivals = current.filter((other) => conflict(other, piece))
    if (rivals.length > 0) {
      const begin = Math.min(...rivals.map((rival) => sectionStart(rival, piece, plain)))
      const before = current.filter(({ number }) => number < begin)
      const since = current.filter(({ number }) => number >= begin)
      if (begin <= piece.number && !since.some((other) => rivals.includes(other))) {
        current = before
        close()
        current = since
      } else {
        close()
        current = current.filter((other) => !rivals.includes(other))
      }
    }
    current.push(piece)
  }
  close()
  for (const piece of pieces) if (piece.promise === 'refused') stages.push(stage([piece], [piece], plain))
  return stages
}

function stage(subjects: readonly Piece[], pieces: readonly Piece[], all: readonly Piece[]): Stage {
  const inside = [...pieces]
  const from = new Set(pieces)
  const reserve = all.filter((piece) => !from.has(piece) && piece.promise !== 'refused')
  // What these files name and only other sections show.
  for (let round = 0; round < BOUNDS.rounds; round++) {
    const wanted = needs(inside, reserve)
    if (wanted.length === 0) break
    inside.push(...wanted)
  }
  const taken = new Set(inside)
  return {
    subjects,
    pieces: inside.toSorted((a, b) => a.number - b.number),
    reserve: reserve.filter((piece) => !taken.has(piece)),
  }
}

/** All pieces that give the same file as this one, of the part of the guide that it is from. */
export function together(piece: Piece, among: readonly Piece[]): Piece[] {
  return among.filter((other) => other.path === piece.path && !(other !== piece && conflict(other, piece)))
}

/** What the files that are there name, and only other sections show. */
export function needs(inside: readonly Piece[], reserve: readonly Piece[]): Piece[] {
  const taken = new Set(inside)
  const unused = reserve.filter((piece) => !taken.has(piece))
  const left = isOfAnother(inside, unused)
    ? unused.filter((piece) => !isPackage(piece) && piece.path !== 'build.rs')
    : unused
  const known = placesOf(inside)
  const open = placesOf(left)
  const has = (path: string) => known.paths.has(path)
  const last = inside.at(-1)!
  const find = (wanted: (piece: Piece) => boolean): Piece[] => {
    const found = nearest(last, left.filter(wanted))
    return found === null ? [] : together(found, left)
  }
  if (!inside.some(isPackage)) {
    // An include that begins with a package's name says which one is meant.
    const folders = inside.flatMap(includes).map((path) => path.split('/')[0])
    const meant = (piece: Piece) => isPackage(piece) && folders.includes(packageName(piece) ?? '')
    const found = find(left.some(meant) ? meant : isPackage)
    if (found.length > 0) return found
  }
  if (inside.some(isBridge) && !has('build.rs')) {
    const found = find(({ path }) => path === 'build.rs')
    if (found.length > 0) return found
  }
  // A later version of a file that the package compiles is tried in that package.
  if (!has('build.rs')) {
    const compiled = new Set(inside.flatMap(({ language, path }) => (language === 'cpp' ? (path ?? []) : [])))
    const found = find(
      (piece) => piece.path === 'build.rs' && builds(piece).sources.some((path) => compiled.has(path)),
    )
    if (found.length > 0) return found
  }
  const crate = [...inside, ...reserve].flatMap((piece) => packageName(piece) ?? [])[0]?.replaceAll('-', '_')
  const usesCrate = (piece: Piece) =>
    crate !== undefined && piece.language === 'rust' && qualified(piece).has(crate)
  if (!has('src/lib.rs') && inside.some(usesCrate)) {
    const found = find(({ path }) => path === 'src/lib.rs')
    if (found.length > 0) return found
  }
  for (const piece of inside) {
    const script = piece.path === 'build.rs' ? builds(piece) : null
    const listed = piece.language === 'cmake' ? named(piece.text).files.slice(0, BOUNDS.named) : []
    const files = [...includes(piece), ...(script?.sources ?? []), ...(script?.bridges ?? []), ...listed]
    for (const path of files) {
      const generated = path.endsWith('.rs.h')
      const name = generated ? path.slice(0, -2) : path
      const byBase = !generated && languageOf(name) === 'cpp'
      const ends = endsOf(name)
      const isIn = ({ paths, bases }: Places) =>
        ends.some((end) => paths.has(end)) || (byBase && bases.has(baseOf(name)))
      if (isIn(known) || !isIn(open)) continue
      const found = find(
        ({ path }) => path !== null && (ends.includes(path) || (byBase && baseOf(path) === baseOf(name))),
      )
      if (found.length > 0) return found
    }
    for (const module of modules(piece)) {
      const paths = [`src/${module}.rs`, `src/${module}/mod.rs`]
      if (paths.some(has) || !paths.some((path) => open.paths.has(path))) continue
      const found = find(({ path }) => path !== null && paths.includes(path))
      if (found.length > 0) return found
    }
  }
  return []
}

/** The files that pieces give, and the names of these without their folders. */
type Places = { paths: ReadonlySet<string>; bases: ReadonlySet<string> }

function placesOf(pieces: readonly Piece[]): Places {
  const paths = pieces.flatMap(({ path }) => path ?? [])
  return { paths: new Set(paths), bases: new Set(paths.map(baseOf)) }
}

/** A path, and what is left of it when folders are taken away from its beginning. */
function endsOf(path: string): string[] {
  const parts = path.split('/', BOUNDS.depth)
  return parts.map((_, at) => parts.slice(at).join('/'))
}

/** The number of the first piece of the section that holds `piece` and not `rival`. */
function sectionStart(rival: Piece, piece: Piece, pieces: readonly Piece[]): number {
  const apart = piece.sections.findIndex((line, at) => rival.sections[at] !== line)
  if (apart < 0) return piece.number + 1
  const section = piece.sections[apart]
  return pieces.find((other) => other.page === piece.page && other.sections[apart] === section)!.number
}
