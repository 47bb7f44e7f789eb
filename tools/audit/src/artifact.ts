import type { Outcome } from '@cookbook/toolchain'
import { jsonLine } from './json-line.ts'

/** What cargo has made, as it tells with `--message-format=json`. */
export type Artifact = { name: string; kinds: readonly string[]; executable: string | null }

export function artifactsOf({ stdout }: Outcome): Artifact[] {
  return stdout.split('\n').flatMap((line) => {
    const json = jsonLine(line)
    if (json?.reason !== 'compiler-artifact') return []
    return [{ name: json.target.name, kinds: json.target.kind, executable: json.executable }]
  })
}
