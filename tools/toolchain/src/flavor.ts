/** How a pattern is built: as a reader builds it, with the C++ side and the link under sanitizers, or otherwise. */
export type Flavor = {
  /** `plain`, `sanitized`, or what a runner calls a build with other features. */
  name: string
  /** Whether it has a target folder of its own, because it gives programs of the names that another gives. */
  apart: boolean
  /** Added to `cargo build`. */
  args: readonly string[]
  env: Readonly<Record<string, string>>
}

/** For every C++ compiler: warnings are errors. */
export const CXX_WARNINGS = ['-Wall', '-Wextra', '-Werror']
/** Where there are objects, a .d file beside each proves what was read. */
export const CXX_FLAGS = [...CXX_WARNINGS, '-MMD']
const SANITIZE = [
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=undefined',
  '-fno-omit-frame-pointer',
]

export const PLAIN: Flavor = { name: 'plain', apart: false, args: [], env: { CXXFLAGS: CXX_FLAGS.join(' ') } }

/**
 * AddressSanitizer, LeakSanitizer and UBSan with stable Rust: C++ is instrumented, and the link takes the
 * sanitizers' runtimes. An explicit `--target` keeps build scripts and procedural macros out of it.
 */
export function sanitized(target: string): Flavor {
  const link = ['-fsanitize=address,undefined'].map((flag) => `-C link-arg=${flag}`)
  return {
    name: 'sanitized',
    apart: false,
    args: ['--target', target],
    env: {
      CXXFLAGS: [...CXX_FLAGS, ...SANITIZE].join(' '),
      RUSTFLAGS: [...link, '-C default-linker-libraries=yes'].join(' '),
    },
  }
}

/** With these features of the crate, and none of its default ones. */
export function featured(name: string, features: readonly string[]): Flavor {
  return { name, apart: true, args: ['--no-default-features', '--features', features.join()], env: PLAIN.env }
}
