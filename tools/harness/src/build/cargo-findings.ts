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
import type { Crate } from '../context/crate.ts'
import { lastLines, unexpectedExit } from '../context/messages.ts'
import type { Verification } from '../context/verification.ts'
import { linesIn, MANIFEST, sourceFinding } from '../diagnostic/source-finding.ts'

/** A failure of cargo itself or of a build script, which no compiler placed. `crate` is what cargo was to build. */
export function cargoFinding(
  verification: Verification,
  crate: Crate,
  what: string,
  outcome: Outcome,
): Finding {
  const { stderr } = outcome
  return (
    ofManifest(verification, stderr) ??
    ofLock(verification, crate, stderr) ??
    ofScript(verification, stderr) ??
    sourceFinding(verification.pkg, manifestOf(crate), {
      message: unexpectedExit(what, exitStatusOf(outcome), 'exit code 0'),
      detail: lastLines(stderr),
    })
  )
}

/** A manifest that cargo cannot read; third-party crates are built from a copy of it. */
function ofManifest({ pkg, crates }: Verification, stderr: string): Finding | null {
  const error = manifestError(stderr)
  if (error?.location == null) return null
  const { message, location, detail } = error
  const path = crates
    .map(({ folder }) => `${folder}Cargo.toml`)
    .find((own) => `/${location.path}`.endsWith(`/${pkg.slug}/${own}`))
  if (path === undefined) return null
  return sourceFinding(pkg, { ...location, path }, { message: `cargo: ${message}`, detail })
}

const manifestOf = ({ folder }: Crate) => ({ ...MANIFEST, path: `${folder}${MANIFEST.path}` })

/** What cargo itself, or the build script through it, warns of this crate. */
export function cargoWarnings({ pkg }: Verification, crate: Crate, stderr: string): Finding[] {
  const place = manifestOf(crate)
  const manifest = `/${pkg.slug}/${place.path}`
  return allWarnings(stderr).flatMap(({ message: what, detail: [below = ''] }) => {
    const isOwn =
      what.includes(manifest) ||
      what.startsWith(`${crate.name}@`) ||
      (below.startsWith('package:') && below.endsWith(manifest))
    if (!isOwn) return []
    const message = `cargo: warning: ${what.replace(/^\S*Cargo\.toml: /, '').replace(/:$/, '')}`
    const word = /: (?:\w+\.)*([\w-]+)$/.exec(what)?.[1] ?? (what.startsWith('profiles') ? '[profile' : '')
    const named = linesIn(pkg)(place.path).findIndex((text) => word !== '' && text.includes(word))
    return [sourceFinding(pkg, { ...place, line: named + 1 || 1 }, { message, fix: 'correct it' })]
  })
}

function ofLock({ pkg }: Verification, crate: Crate, stderr: string): Finding | null {
  if (!isLockStale(stderr)) return null
  const place = manifestOf(crate)
  const line = linesIn(pkg)(place.path).findIndex((text) => text.trim() === '[dependencies]') + 1 || 1
  return sourceFinding(
    pkg,
    { ...place, line },
    {
      message: 'cargo: Cargo.lock does not hold what the manifests ask for, of this pattern or of another',
      fix: 'run cargo update --workspace, or fix the dependencies',
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
