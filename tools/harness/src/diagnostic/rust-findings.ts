import { type Diagnostic, isWithin, withinPackage } from '@cookbook/diagnostics'
import type { Finding, PatternPackage } from '@cookbook/guide'
import { linkFindings } from './link-findings.ts'
import { MANIFEST, sourceFinding } from './source-finding.ts'

/** A compiler's error or warning as findings at the chapter's own line. `cwd` is where rustc ran. */
export function rustFindings(pkg: PatternPackage, cwd: string, diagnostic: Diagnostic): Finding[] {
  if (diagnostic.tool === 'linker') return linkFindings(pkg, diagnostic)
  const { severity, location, related, detail } = diagnostic
  const own = [...(location ? [location] : []), ...related].find(({ path }) => isWithin(pkg, cwd, path))
  const code = diagnostic.code === null ? '' : `[${diagnostic.code}]`
  const message = `rustc: ${severity}${code}: ${diagnostic.message}`
  return [
    sourceFinding(pkg, own ? { ...own, path: withinPackage(pkg, cwd, own.path) } : MANIFEST, {
      message,
      detail,
    }),
  ]
}
