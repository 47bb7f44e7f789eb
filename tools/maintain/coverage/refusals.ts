import type { Refused } from '@cookbook/cli/command-line'

export const onlyOnHost = (found: string): Refused => ({
  kind: 'refused',
  problem: `TOOLCHAIN is "${found}", and only the host's programs are covered, expected host or nothing`,
  fix: 'TOOLCHAIN=host npm run coverage; Debian has no LLVM tools of the version that the Rust in the image writes for',
})
