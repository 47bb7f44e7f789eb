import type { Outcome } from '@cookbook/toolchain'

/** What cargo has made, as it tells with `--message-format=json`. */
export type Artifact = { name: string; kinds: readonly string[]; executable: string | null }

export function artifactsOf({ stdout }: Outcome): Artifact[] {
  return stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{"reason":"compiler-artifact"')) return []
    const { target, executable } = JSON.parse(line)
    return [{ name: target.name, kinds: target.kind, executable }]
  })
}
