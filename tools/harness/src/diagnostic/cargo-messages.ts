/** What `cargo build --message-format=json` says, reduced to what the harness uses. */
export type CargoMessage =
  | { kind: 'artifact'; artifact: Artifact }
  | { kind: 'diagnostic'; manifest: string; diagnostic: RustDiagnostic }
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

export type RustDiagnostic = {
  level: string
  message: string
  code: string | null
  spans: readonly RustSpan[]
  notes: readonly string[]
  rendered: string
}

export type RustSpan = { file: string; line: number; column: number; primary: boolean; label: string | null }

/** Parses cargo's JSON lines; lines of other kinds, and lines that are not JSON, are not ours and left out. */
export function parseCargoMessages(stdout: string): CargoMessage[] {
  return stdout.split('\n').flatMap((line) => (line.startsWith('{') ? parseLine(line) : []))
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is cargo's; it is turned into types here and nowhere else.
type Json = any

function parseLine(line: string): CargoMessage[] {
  const json: Json = JSON.parse(line)
  switch (json.reason) {
    case 'compiler-artifact':
      return [{ kind: 'artifact', artifact: artifact(json) }]
    case 'compiler-message':
      return [{ kind: 'diagnostic', manifest: json.manifest_path, diagnostic: rustDiagnostic(json.message) }]
    case 'build-script-executed':
      return [
        {
          kind: 'build-script',
          outDir: json.out_dir,
          packageId: json.package_id,
          variables: json.env.map(([name]: [string]) => name),
          cfgs: json.cfgs,
        },
      ]
    default:
      return []
  }
}

function artifact(json: Json): Artifact {
  return {
    packageId: json.package_id,
    manifest: json.manifest_path,
    name: json.target.name,
    kinds: json.target.kind,
    source: json.target.src_path,
    test: json.profile.test,
    features: json.features,
    files: json.filenames,
    executable: json.executable,
  }
}

/** One diagnostic of `rustc --error-format=json`, as cargo embeds it. */
export function rustDiagnostic(json: Json): RustDiagnostic {
  return {
    level: json.level,
    message: json.message,
    code: json.code?.code ?? null,
    spans: json.spans.map(rustSpan),
    notes: json.children.map((child: Json) => `${child.level}: ${child.message}`),
    rendered: json.rendered ?? json.message,
  }
}

function rustSpan(json: Json): RustSpan {
  const place = outermost(json)
  return {
    file: place.file_name,
    line: place.line_start,
    column: place.column_start,
    primary: json.is_primary,
    label: json.label,
  }
}

/** A span inside a macro's own text is shown where the macro was called. */
function outermost(span: Json): Json {
  return span.expansion ? outermost(span.expansion.span) : span
}
