import { join } from 'node:path'
import { type Json, jsonLine } from '../diagnostic/json-line.ts'
import type { BuiltCrates, Extern } from './crates.ts'

type Told = Pick<BuiltCrates, 'kind' | 'externs' | 'includes' | 'tool'>

/** What cargo says that it has built of a package in `dir` that holds nothing. A macro of a crate may have its say. */
export function cratesIn(stdout: string, dir: string, bridged: boolean): Told {
  const lines = stdout.split('\n').map(jsonLine)
  const artifacts = lines.filter(isArtifact)
  const own = ({ manifest_path }: Built) => manifest_path === join(dir, 'Cargo.toml')
  const isLibrary = (kind: string) => /lib|proc-macro/.test(kind)
  const externs = artifacts
    .filter((artifact) => !own(artifact) && artifact.target.kind.some(isLibrary))
    .map(({ target, filenames }): Extern => {
      const file = filenames.find((name) => /\.(?:rlib|so)$/.test(name)) ?? filenames[0]!
      return { name: target.name.replaceAll('-', '_'), file }
    })
  const headers = lines.flatMap((json) =>
    json?.reason === 'build-script-executed' && typeof json.out_dir === 'string'
      ? [join(json.out_dir, 'include')]
      : [],
  )
  const script = artifacts.find((artifact) => own(artifact) && artifact.target.kind.includes('custom-build'))
  const tool = bridged ? (script?.filenames[0] ?? null) : null
  return { kind: 'built', externs, includes: [...new Set(headers)], tool }
}

type Built = { manifest_path: string; filenames: string[]; target: { name: string; kind: string[] } }

function isArtifact(json: Json): json is Built {
  const texts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string')
  return (
    json?.reason === 'compiler-artifact' &&
    texts(json.filenames) &&
    json.filenames.length > 0 &&
    typeof json.manifest_path === 'string' &&
    typeof json.target?.name === 'string' &&
    texts(json.target.kind)
  )
}
