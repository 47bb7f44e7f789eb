import {
  cargoWarnings as allWarnings,
  isLockStale,
  isWithin,
  manifestError,
  panicsIn,
  withinPackage,
} from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import { exitStatusOf, type Outcome } from '@cookbook/toolchain'
import { lastLines, unexpectedExit } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import { linesIn, MANIFEST, sourceFinding } from '../diagnostic/source-finding.ts'

/** A failure of cargo itself or of a build script, which no compiler placed. */
export function cargoFinding(verification: Verification, what: string, outcome: Outcome): Finding {
  const { stderr } = outcome
  return (
    ofManifest(verification, stderr) ??
    ofLock(verification, stderr) ??
    ofScript(verification, stderr) ??
    sourceFinding(verification.pkg, MANIFEST, {
      message: unexpectedExit(what, exitStatusOf(outcome), 'exit code 0'),
      detail: lastLines(stderr),
    })
  )
}

/** A manifest that cargo cannot read; third-party crates are built from a copy of it. */
function ofManifest({ pkg }: Verification, stderr: string): Finding | null {
  const error = manifestError(stderr)
  if (error?.location == null || !`/${error.location.path}`.endsWith(`/${pkg.slug}/Cargo.toml`)) return null
  const { message, location, detail } = error
  return sourceFinding(pkg, { ...location, path: 'Cargo.toml' }, { message: `cargo: ${message}`, detail })
}

/** What cargo itself, or the build script through it, warns of this package. */
export function cargoWarnings({ pkg, crate }: Verification, stderr: string): Finding[] {
  const manifest = `/${pkg.slug}/Cargo.toml`
  return allWarnings(stderr).flatMap(({ message: what, detail: [below = ''] }) => {
    const isOwn =
      what.includes(manifest) ||
      what.startsWith(`${crate}@`) ||
      (below.startsWith('package:') && below.endsWith(manifest))
    if (!isOwn) return []
    const message = `cargo: warning: ${what.replace(/^\S*Cargo\.toml: /, '').replace(/:$/, '')}`
    const word = /: (?:\w+\.)*([\w-]+)$/.exec(what)?.[1] ?? (what.startsWith('profiles') ? '[profile' : '')
    const named = linesIn(pkg)('Cargo.toml').findIndex((text) => word !== '' && text.includes(word))
    return [sourceFinding(pkg, { ...MANIFEST, line: named + 1 || 1 }, { message, remedy: 'correct it' })]
  })
}

function ofLock({ pkg }: Verification, stderr: string): Finding | null {
  if (!isLockStale(stderr)) return null
  const line = linesIn(pkg)('Cargo.toml').findIndex((text) => text.trim() === '[dependencies]') + 1 || 1
  return sourceFinding(
    pkg,
    { ...MANIFEST, line },
    {
      message: 'cargo: Cargo.lock does not hold what the manifests ask for, of this pattern or of another',
      remedy: 'run cargo update --workspace, or fix the dependencies',
    },
  )
}

function ofScript({ root, pkg }: Verification, stderr: string): Finding | null {
  const panic = panicsIn(stderr.replace(/^ {2}/gm, '')).find(({ location }) =>
    isWithin(pkg, root, location.path),
  )
  if (panic === undefined) return null
  const { message, location, detail } = panic
  const path = withinPackage(pkg, root, location.path)
  return sourceFinding(
    pkg,
    { ...location, path },
    { message: `the build script panicked: ${message}`, detail },
  )
}
