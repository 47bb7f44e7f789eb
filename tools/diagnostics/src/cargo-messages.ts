import type { Diagnostic } from './diagnostic.ts'
import { type Json, listOf, part, readJsonLines, textOf, textsOf } from './json.ts'
import { rustDiagnostic } from './rustc.ts'

/** What `cargo build --message-format=json` says, reduced to what is used here. */
export type CargoMessage =
  | { kind: 'artifact'; artifact: Artifact }
  | { kind: 'diagnostic'; manifest: string; diagnostic: Diagnostic }
  | {
      kind: 'build-script'
      outDir: string
      packageId: string
      variables: readonly string[]
      cfgs: readonly string[]
    }

export type Artifact = {
  packageId: string
  manifest: string
  name: string
  /** `lib`, `bin`, `example`, `test`, `custom-build`, `proc-macro`. */
  kinds: readonly string[]
  source: string
  /** Whether it was built as a test harness. */
  test: boolean
  features: readonly string[]
  files: readonly string[]
  executable: string | null
}

/** Parses cargo's JSON lines; lines of other kinds, and lines that are not JSON, are not ours and left out. */
export function parseCargoMessages(stdout: string): CargoMessage[] {
  return readJsonLines(stdout, parseMessage)
}

function parseMessage(json: Json): CargoMessage | null {
  switch (part(json, 'reason')) {
    case 'compiler-artifact':
      return { kind: 'artifact', artifact: artifact(json) }
    case 'compiler-message': {
      const diagnostic = rustDiagnostic(part(json, 'message'))
      return diagnostic && { kind: 'diagnostic', manifest: textOf(json, 'manifest_path') ?? '', diagnostic }
    }
    case 'build-script-executed':
      return {
        kind: 'build-script',
        outDir: textOf(json, 'out_dir') ?? '',
        packageId: textOf(json, 'package_id') ?? '',
        variables: listOf(json, 'env').flatMap((pair) => textOf(pair, '0') ?? []),
        cfgs: textsOf(json, 'cfgs'),
      }
    default:
      return null
  }
}

function artifact(json: Json): Artifact {
  const target = part(json, 'target')
  return {
    packageId: textOf(json, 'package_id') ?? '',
    manifest: textOf(json, 'manifest_path') ?? '',
    name: textOf(target, 'name') ?? '',
    kinds: textsOf(target, 'kind'),
    source: textOf(target, 'src_path') ?? '',
    test: part(part(json, 'profile'), 'test') === true,
    features: textsOf(json, 'features'),
    files: textsOf(json, 'filenames'),
    executable: textOf(json, 'executable'),
  }
}
