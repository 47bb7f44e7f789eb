/** What of the caller's environment reaches a compiler or an example; all else is held back. */
export const CALLER_VARIABLES = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'CXX',
  'CARGO_HOME',
  'CARGO_INCREMENTAL',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
] as const

/** Messages in one language and without colours, so that they can be compared. */
export const PLAIN_MESSAGES = { LC_ALL: 'C.UTF-8', CARGO_TERM_COLOR: 'never', RUST_BACKTRACE: '0' }

export function hostEnvironment(caller: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return { ...setOf(CALLER_VARIABLES, caller), ...PLAIN_MESSAGES }
}

/** Those of the variables that the caller has set. */
export function setOf(
  names: readonly string[],
  caller: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = caller[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
