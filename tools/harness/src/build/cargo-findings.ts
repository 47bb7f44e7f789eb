import type { Finding } from '@cookbook/guide'
import { endingOf, type Outcome } from '@cookbook/toolchain'
import type { Verification } from '../context/verification.ts'
import { endedBadly, lastLines } from '../context/words.ts'
import { panicsIn } from '../diagnostic/panic.ts'
import { isWithin, withinPackage } from '../diagnostic/places.ts'
import { sourceFinding } from '../diagnostic/source-finding.ts'

/** A failure of cargo itself or of a build script, which no compiler placed. */
export function cargoFinding(verification: Verification, what: string, outcome: Outcome): Finding {
  const { stderr } = outcome
  return (
    manifestError(verification, stderr) ??
    lockError(verification, stderr) ??
    scriptPanic(verification, stderr) ??
    sourceFinding(verification.pkg, 'Cargo.toml', 1, 1, {
      message: endedBadly(what, endingOf(outcome), 'exit code 0'),
      detail: lastLines(stderr),
    })
  )
}

/** A manifest that cargo cannot read; third-party crates are built from a copy of it. */
function manifestError({ pkg }: Verification, stderr: string): Finding | null {
  const found =
    /^error: (.*)\n\s*--> (?:.*\/)?([^/\n]+)\/Cargo\.toml:(\d+):(\d+)\n((?:\s*\d*\s*\|.*\n)*)/m.exec(stderr)
  if (found === null || found[2] !== pkg.slug) return null
  const [, message, , line, column, excerpt] = found
  const detail = excerpt!.trimEnd().split('\n')
  return sourceFinding(pkg, 'Cargo.toml', Number(line), Number(column), {
    message: `cargo: ${message}`,
    detail,
  })
}

/** What cargo itself, or the build script through it, warns of this package: no compiler placed it. */
export function cargoWarnings({ pkg, crate }: Verification, stderr: string): Finding[] {
  const manifest = `/${pkg.slug}/Cargo.toml`
  const lines = stderr.split('\n')
  return lines.flatMap((line, index) => {
    const [, what] = /^warning: (.*)$/.exec(line) ?? []
    const isOwn =
      what !== undefined &&
      (what.includes(manifest) ||
        what.startsWith(`${crate}@`) ||
        (/^package:/.test(lines[index + 1] ?? '') && lines[index + 1]!.endsWith(manifest)))
    if (!isOwn) return []
    const message = `cargo: warning: ${what.replace(/^\S*Cargo\.toml: /, '').replace(/:$/, '')}`
    const word = /: (?:\w+\.)*([\w-]+)$/.exec(what)?.[1] ?? (what.startsWith('profiles') ? '[profile' : '')
    const named = (pkg.files.get('Cargo.toml')?.text.lines ?? []).findIndex(
      (text) => word !== '' && text.includes(word),
    )
    return [
      sourceFinding(pkg, 'Cargo.toml', named + 1 || 1, 1, { message, detail: [], remedy: 'correct it' }),
    ]
  })
}

function lockError({ pkg }: Verification, stderr: string): Finding | null {
  if (!stderr.includes('because --locked was passed')) return null
  const lines = pkg.files.get('Cargo.toml')?.text.lines ?? []
  const line = lines.findIndex((text) => text.trim() === '[dependencies]') + 1 || 1
  return sourceFinding(pkg, 'Cargo.toml', line, 1, {
    message: 'cargo: Cargo.lock does not hold what the manifests ask for, of this pattern or of another',
    detail: [],
    remedy: 'run cargo update --workspace, or mend the dependencies',
  })
}

function scriptPanic({ root, pkg }: Verification, stderr: string): Finding | null {
  const panic = panicsIn(stderr.replace(/^ {2}/gm, '')).find(({ path }) => isWithin(pkg, root, path))
  if (panic === undefined) return null
  const [first = 'without a message', ...detail] = panic.message
  const message = `the build script panicked: ${first}`
  return sourceFinding(pkg, withinPackage(pkg, root, panic.path), panic.line, panic.column, {
    message,
    detail,
  })
}
