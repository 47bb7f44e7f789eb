import { join } from 'node:path'
import type { Cell } from '../probe/cell.ts'

/** How a pattern is built: as a reader builds it, with the C++ side and the link under sanitizers, or otherwise. */
export type BuildProfile = {
  /** `plain`, `sanitized`, or what a runner calls a build with other features. */
  name: string
  /** Whether it has a target folder of its own, because it gives programs of the names that another gives. */
  apart: boolean
  /** The folder of its third-party crates. One other than the plain build's begins with what lies in that. */
  seed: string
  /** Which folder cargo builds it in. */
  profile: Cell['profile']
  /** Added to `cargo build`. */
  args: readonly string[]
  /** Added to `cargo fetch`. */
  fetchArgs: readonly string[]
  env: Readonly<Record<string, string>>
}

/** For every C++ compiler: warnings are errors. */
export const CXX_WARNINGS = ['-Wall', '-Wextra', '-Werror']
/**
 * Where there are objects, a .d file beside each proves what was read. Of debug information lines are enough, in the
 * version of DWARF that rustc writes: valgrind 3.19 gives up on clang's fifth.
 */
export const CXX_FLAGS = [...CXX_WARNINGS, '-MMD', '-gdwarf-4', '-g1']
export const SANITIZE = [
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=undefined',
  '-fno-omit-frame-pointer',
]
/** Whose ThreadSanitizer everything is linked with. */
export const RACE_LINKER = 'clang++-19'
const SYNCHRONIZED = ['-fsanitize=thread', '-fno-omit-frame-pointer']

export const PLAIN: BuildProfile = {
  name: 'plain',
  apart: false,
  seed: 'seed',
  profile: 'debug',
  args: [],
  fetchArgs: [],
  env: { CXXFLAGS: CXX_FLAGS.join(' ') },
}

/**
 * AddressSanitizer, LeakSanitizer and UBSan with stable Rust: C++ is instrumented, and a wrapper of rustc's links the
 * pattern's own programs with the sanitizers' runtimes. No flag of rustc's differs, so that of the plain build's
 * third-party crates only those that hold C++ are built again.
 */
export const SANITIZED: BuildProfile = {
  ...PLAIN,
  name: 'sanitized',
  apart: true,
  seed: 'seed-sanitized',
  env: {
    CXXFLAGS: [...CXX_FLAGS, ...SANITIZE].join(' '),
    RUSTC_WORKSPACE_WRAPPER: join(import.meta.dirname, 'link-sanitized'),
  },
}

/**
 * g++ warns of each fence that its ThreadSanitizer does not follow, also of those in its own headers. And a coroutine
 * jumps to the next one, instead of leaving a frame on the stack, only where nothing is called when a function ends
 * and, with this sanitizer, where it is optimised.
 */
const GXX_RACED = ['-Wno-tsan', '--param=tsan-instrument-func-entry-exit=0', '-O1']

/**
 * ThreadSanitizer over Rust, its standard library and C++: a library that is not instrumented hides what it
 * synchronizes, and is taken for a race. The runtime is clang's, which every Rust can do with, whatever compiles the
 * C++.
 */
function raceChecked(target: string): BuildProfile {
  const rust = [
    '-Zsanitizer=thread',
    '-Zexternal-clangrt',
    `-C linker=${RACE_LINKER}`,
    '-C link-arg=-fsanitize=thread',
    '-C default-linker-libraries=yes',
  ]
  return {
    ...PLAIN,
    name: 'race-checked',
    args: ['--target', target, '-Zbuild-std'],
    fetchArgs: ['--target', target, '-Zbuild-std'],
    env: {
      CXXFLAGS: [...CXX_FLAGS, ...SYNCHRONIZED].join(' '),
      // Of the crates that bring a C library.
      CFLAGS: SYNCHRONIZED.join(' '),
      RUSTFLAGS: rust.join(' '),
      // What is unstable of a stable compiler.
      RUSTC_BOOTSTRAP: '1',
    },
  }
}

/** As a cell of the matrix says. `target` is the machine's own triple. */
export function buildProfileOf({ cxx, std, profile, memoryTool }: Cell, target: string): BuildProfile {
  const base =
    memoryTool === 'sanitizers' ? SANITIZED : memoryTool === 'threads' ? raceChecked(target) : PLAIN
  // CMake links with the flags that it compiles with, and then clang has no use for a standard.
  const unheeded = cxx.startsWith('clang') ? ['-Wno-unused-command-line-argument'] : []
  const raced = memoryTool === 'threads' && cxx.startsWith('g++') ? GXX_RACED : []
  return {
    ...base,
    profile,
    args: profile === 'release' ? [...base.args, '--release'] : base.args,
    // The compiler takes the last of them, and what the environment says comes after what a build.rs says.
    env: { ...base.env, CXXFLAGS: [base.env.CXXFLAGS, `-std=${std}`, ...unheeded, ...raced].join(' ') },
  }
}

/** Built as `base` is, with these features of the crate, and none of its default ones. */
export function featured(base: BuildProfile, name: string, features: readonly string[]): BuildProfile {
  const args = [...base.args, '--no-default-features', '--features', features.join()]
  return { ...base, name, apart: true, args }
}
