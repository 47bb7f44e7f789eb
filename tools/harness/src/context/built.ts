import type { Artifact } from '@cookbook/diagnostics'
import type { Finding } from '@cookbook/guide'
import type { BuildProfile } from '@cookbook/toolchain'
import type { Crate } from './crate.ts'

/** What building the crates of a pattern gave. `artifacts` holds those of the dependencies as well. */
export type Build = {
  buildProfile: BuildProfile
  findings: readonly Finding[]
  artifacts: readonly Artifact[]
  /** The same by crate. */
  artifactsOf: ReadonlyMap<Crate, readonly Artifact[]>
  /** The OUT_DIR of each crate's own build script. */
  outDirs: ReadonlyMap<Crate, string>
  /** Names of the variables that the build scripts set for the pattern's own code. */
  variables: readonly string[]
  /** The `cfg`s that they set. */
  cfgs: readonly string[]
}

/** A file that a compiler read for one of the pattern's own targets, or that CMake read; absolute, links resolved. */
export type ReadFile = { path: string; by: 'rustc' | 'C++' | 'CMake'; artifact: Artifact | null }

/** What compilers read in one build, by their own dep-info, never what a manifest or a build script declares. */
export type Read = {
  files: readonly ReadFile[]
  /** Variables of the environment that a Rust target was compiled with, which cargo does not set itself. */
  variables: readonly { name: string; artifact: Artifact }[]
}
