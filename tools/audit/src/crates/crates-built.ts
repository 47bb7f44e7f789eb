import { join } from 'node:path'
import { parseCargoMessages } from '@cookbook/diagnostics'

/** Crates that are compiled. */
export type BuiltCrates = {
  kind: 'built'
  /** The target folder that holds them, and the folders that it has links into: all are sealed. */
  seed: string
  lent: readonly string[]
  externs: readonly Extern[]
  /** The folders of headers that build scripts of these crates may have made. */
  includes: readonly string[]
  /** The text of the Cargo.lock that cargo made of the manifest. */
  lock: string
  /** A program that does what cxx-build does of the bridges named to it, as far as generating goes. */
  tool: string | null
}

export type Extern = { name: string; file: string }

type BuiltByCargo = Pick<BuiltCrates, 'kind' | 'externs' | 'includes' | 'tool'>

/** What cargo says that it has built of a package in `dir` that holds nothing. A macro of a crate may have its say. */
export function cratesIn(stdout: string, dir: string, bridged: boolean): BuiltByCargo {
  const messages = parseCargoMessages(stdout)
  const artifacts = messages
    .flatMap((message) => (message.kind === 'artifact' ? [message.artifact] : []))
    .filter(({ name, manifest, files }) => name !== '' && manifest !== '' && files.length > 0)
  const own = (manifest: string) => manifest === join(dir, 'Cargo.toml')
  const externs = artifacts
    .filter(({ manifest, kinds }) => !own(manifest) && kinds.some((kind) => /lib|proc-macro/.test(kind)))
    .map(({ name, files }): Extern => {
      const file = files.find((path) => /\.(?:rlib|so)$/.test(path)) ?? files[0]!
      return { name: name.replaceAll('-', '_'), file }
    })
  const headers = messages.flatMap((message) =>
    message.kind === 'build-script' && message.outDir !== '' ? [join(message.outDir, 'include')] : [],
  )
  const script = artifacts.find(({ manifest, kinds }) => own(manifest) && kinds.includes('custom-build'))
  const tool = bridged ? (script?.files[0] ?? null) : null
  return { kind: 'built', externs, includes: [...new Set(headers)], tool }
}
