import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from '@cookbook/toolchain'
import type { Build } from '../context/built.ts'
import { run, type Verification } from '../context/verification.ts'
import { ownArtifacts } from './build.ts'

const LIMIT_MS = 60_000

/**
 * Arguments that name the pattern's own library and those that it depends on; `null` when it has none. What the small
 * crate depends on may have other features.
 */
export function externsOf(verification: Verification, build: Build): string[] | null {
  const libraries = (build.artifactsOf.get(verification.crates[0]!) ?? []).filter(
    ({ kinds, test }) => !test && kinds.some((kind) => kind === 'lib' || kind === 'proc-macro'),
  )
  if (!ownArtifacts(verification, build).some((artifact) => libraries.includes(artifact))) return null
  return libraries.flatMap(({ name, files }) => {
    const library = files.find((path) => /\.(rmeta|rlib|so)$/.test(path))
    return library === undefined ? [] : ['--extern', `${name.replaceAll('-', '_')}=${library}`]
  })
}

/** Compiles one Rust file that uses the crate, as far as type checking goes, for its messages as JSON. */
export async function compileAlone(
  verification: Verification,
  file: string,
  externs: readonly string[],
): Promise<Outcome> {
  const { dir, target, buildProfile } = verification
  const scratch = join(target, 'rejects')
  await mkdir(scratch, { recursive: true })
  const edition = await editionOf(dir)
  const what = ['--edition', edition, '--crate-type', 'bin', '--emit', 'metadata,dep-info']
  const where = ['-L', `dependency=${join(target, buildProfile.profile, 'deps')}`, '--out-dir', scratch]
  const args = [...what, '--error-format', 'json', ...where, ...externs, file]
  return run(verification, { program: 'rustc', args, cwd: dir, timeoutMs: LIMIT_MS })
}

async function editionOf(dir: string): Promise<string> {
  return /^edition\s*=\s*"(\d{4})"/m.exec(await readFile(join(dir, 'Cargo.toml'), 'utf8'))?.[1] ?? '2015'
}
