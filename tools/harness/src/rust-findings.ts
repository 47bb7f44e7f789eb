import { type Finding, locate, type PatternPackage } from '@cookbook/guide'
import type { RustDiagnostic } from './cargo-messages.ts'
import { isWithin, withinPackage } from './places.ts'
import { BUILD_REMEDY } from './words.ts'

/** A compiler's error or warning as a finding at the chapter's own line. `cwd` is where rustc ran. */
export function rustFinding(pkg: PatternPackage, cwd: string, diagnostic: RustDiagnostic): Finding {
  const primary = diagnostic.spans.find((span) => span.primary && isWithin(pkg, cwd, span.file))
  const path = primary === undefined ? 'Cargo.toml' : withinPackage(pkg, cwd, primary.file)
  const code = diagnostic.code === null ? '' : `[${diagnostic.code}]`
  return {
    code: 'build-failed',
    severity: 'error',
    ...locate(pkg, path, primary?.line ?? 1, primary?.column ?? 1),
    message: `rustc: ${diagnostic.level}${code}: ${diagnostic.message}`,
    detail: diagnostic.rendered.trimEnd().split('\n'),
    remedy: BUILD_REMEDY,
  }
}

/** rustc repeats itself in a closing line such as "aborting due to 2 previous errors", which says nothing new. */
export function isNews({ level, spans, message }: RustDiagnostic): boolean {
  if (level !== 'error' && level !== 'warning') return false
  return spans.length > 0 || !/^(aborting due to|\d+ warnings? emitted|could not compile)/.test(message)
}
