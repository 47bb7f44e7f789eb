import type { Outcome } from '@cookbook/toolchain'
import { jsonLine } from './json-line.ts'

/** What cargo has made, as it tells with `--message-format=json`. */
export type Artifact = {
  name: string
  kinds: readonly string[]
  executable: string | null
  /** Whether it is what runs the tests of its source, which cargo calls by the same name and kind. */
  test: boolean
}

export function artifactsOf({ stdout }: Outcome): Artifact[] {
  return stdout.split('\n').flatMap((line) => {
    const json = jsonLine(line)
    if (json?.reason !== 'compiler-artifact') return []
    const { target, executable, profile } = json
    return [{ name: target.name, kinds: target.kind, executable, test: profile.test }]
  })
}

/** The program that `cargo run` would start: the package's own before another of its binaries. */
export function programOf(artifacts: readonly Artifact[], name: string): string | null {
  const programs = artifacts.filter(({ kinds, test }) => kinds.includes('bin') && !test)
  return (programs.find((program) => program.name === name) ?? programs[0])?.executable ?? null
}
