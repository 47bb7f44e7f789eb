import { type Finding, locate, type PatternPackage } from '@cookbook/guide'

/** A build's problem in a file of the package, at the chapter's own line where the chapter shows it. */
export function sourceFinding(
  pkg: PatternPackage,
  path: string,
  line: number,
  column: number,
  { message, detail, remedy = 'mend it' }: { message: string; detail: readonly string[]; remedy?: string },
): Finding {
  const place = locate(pkg, path, line, column)
  const shown = place.file === pkg.chapter.file
  const both = `${remedy} in ${path}, then write it into the chapter: npm run sync`
  return {
    code: 'build-failed',
    severity: 'error',
    ...place,
    message,
    detail,
    remedy: shown ? both : `${remedy} in ${path}`,
  }
}

/** The findings without those that say again what was said of the same place: a crate is compiled more than once. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const key = ({ file, line, column, message }: Finding) => `${file}:${line}:${column}:${message}`
  return [...Map.groupBy(findings, key).values()].map(([first]) => first!)
}
