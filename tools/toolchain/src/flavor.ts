/** How a pattern is built: as a reader builds it, or with the C++ side and the link under sanitizers. */
export type Flavor = {
  name: 'plain' | 'sanitized'
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

export const PLAIN: Flavor = { name: 'plain', args: [], env: { CXXFLAGS: CXX_FLAGS.join(' ') } }

/**
 * AddressSanitizer, LeakSanitizer and UBSan with stable Rust: C++ is instrumented, and the link takes the
 * sanitizers' runtimes. An explicit `--target` keeps build scripts and procedural macros out of it.
 */
export function sanitized(target: string): Flavor {
  const link = ['-fsanitize=address,undefined'].map((flag) => `-C link-arg=${flag}`)
  return {
    name: 'sanitized',
    args: ['--target', target],
    env: {
      CXXFLAGS: [...CXX_FLAGS, ...SANITIZE].join(' '),
      RUSTFLAGS: [...link, '-C default-linker-libraries=yes'].join(' '),
    },
  }
}
