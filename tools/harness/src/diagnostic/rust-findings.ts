import type { Finding, PatternPackage } from '@cookbook/guide'
import type { RustDiagnostic } from './cargo-messages.ts'
import { isLinkError, linkFindings } from './link-findings.ts'
import { isWithin, withinPackage } from './places.ts'
import { sourceFinding } from './source-finding.ts'

/** A compiler's error or warning as findings at the chapter's own line. `cwd` is where rustc ran. */
export function rustFindings(pkg: PatternPackage, cwd: string, diagnostic: RustDiagnostic): Finding[] {
  if (isLinkError(diagnostic)) return linkFindings(pkg, diagnostic)
  const primary = diagnostic.spans.find((span) => span.primary && isWithin(pkg, cwd, span.file))
  const path = primary === undefined ? 'Cargo.toml' : withinPackage(pkg, cwd, primary.file)
  const code = diagnostic.code === null ? '' : `[${diagnostic.code}]`
  const said = {
    message: `rustc: ${diagnostic.level}${code}: ${diagnostic.message}`,
    detail: diagnostic.rendered.trimEnd().split('\n').slice(1),
  }
  return [sourceFinding(pkg, path, primary?.line ?? 1, primary?.column ?? 1, said)]
}

/** rustc repeats itself in a closing line such as "aborting due to 2 previous errors", which says nothing new. */
export function isNews({ level, spans, message }: RustDiagnostic): boolean {
  if (level !== 'error' && level !== 'warning') return false
  return spans.length > 0 || !/^(aborting due to|\d+ warnings? emitted|could not compile)/.test(message)
}
