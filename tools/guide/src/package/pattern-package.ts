import type { Chapter } from '../chapter/chapter.ts'
import type { Finding } from '../finding/finding.ts'
import type { Regions } from '../text/region.ts'
import type { Text } from '../text/text.ts'

/** A file that a chapter shows, links to or must show. */
export type SourceFile = {
  /** Path from the package's folder. */
  path: string
  /** Path from the repository's root. */
  file: string
  text: Text
  regions: Regions
}

/** A pattern's folder as read once: its chapter and the files that the chapter speaks of. */
export type PatternPackage = {
  /** Absolute. */
  root: string
  dir: string
  slug: string
  chapter: Chapter
  /** The files that could be read, by path from the package's folder. */
  files: ReadonlyMap<string, SourceFile>
  /** Why the other files that are named could not be read. */
  absent: ReadonlyMap<string, 'missing' | 'outside' | 'invalid'>
  /** Paths of the files that the chapter must show line for line, sorted. */
  contract: readonly string[]
  /** What is wrong with the files themselves, wherever the chapter names them. */
  findings: readonly Finding[]
}
