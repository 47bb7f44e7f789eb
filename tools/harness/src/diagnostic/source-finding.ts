import type { ToolLocation } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate, type PatternPackage } from '@cookbook/guide'

export const MANIFEST: ToolLocation = { path: 'Cargo.toml', line: 1, column: 1 }

/** A build's problem in a file of the package, at the chapter's own line where the chapter shows it. */
export function sourceFinding(
  pkg: PatternPackage,
  { path, line, column }: ToolLocation,
  { message, detail = [], fix = 'fix it' }: { message: string; detail?: readonly string[]; fix?: string },
): Finding {
  const place = locate(pkg, path, line, column)
  const shown = place.file === pkg.chapter.file
  const both = `${fix} in ${path}, then write it into the chapter: npm run sync`
  return errorAt('build-failed', place, message, shown ? both : `${fix} in ${path}`, detail)
}

/** What two findings share that say the same of the same place. */
export const findingKey = ({ file, line, column, message }: Finding) => `${file}:${line}:${column}:${message}`

export const linesIn = (pkg: PatternPackage) => (path: string) => pkg.files.get(path)?.text.lines ?? []
