import type { Outcome } from '@cookbook/toolchain'
import { listIn, part, readJson, textIn } from './json-line.ts'

/** What cargo has made, as it tells with `--message-format=json`. */
export type Artifact = {
  name: string
  kinds: readonly string[]
  executable: string | null
  /** Whether it is what runs the tests of its source, which cargo calls by the same name and kind. */
  test: boolean
}

/** More than a package of a guide and its crates are made of. */
const ARTIFACTS = 10_000
const CHARACTERS = 4_096

export function artifactsOf({ stdout }: Outcome): Artifact[] {
  return readJson(stdout, ARTIFACTS, (json) => {
    if (part(json, 'reason') !== 'compiler-artifact') return null
    const target = part(json, 'target')
    return {
      name: textIn(target, 'name', CHARACTERS) ?? '',
      kinds: listIn(target, 'kind', 10).filter((kind) => typeof kind === 'string'),
      executable: textIn(json, 'executable', CHARACTERS),
      test: part(part(json, 'profile'), 'test') === true,
    }
  })
}

/** The program that `cargo run` would start: the package's own before another of its binaries. */
export function programOf(artifacts: readonly Artifact[], name: string): string | null {
  const programs = artifacts.filter(({ kinds, test }) => kinds.includes('bin') && !test)
  return (programs.find((program) => program.name === name) ?? programs[0])?.executable ?? null
}
