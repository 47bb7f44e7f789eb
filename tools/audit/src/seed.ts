import type { Bench } from './package.ts'

const SCRIPT = `
how=$1 target=$2; shift 2
[ ! -e "$target/debug" ] || exit 0
mkdir -p "$target/debug" && cp "$how" --force "$@" "$target/debug" || cp -a "$@" "$target/debug"`

/**
 * Gives a target folder in which nothing is built yet the crates that are compiled already. A sandbox shows these and
 * lets nobody write them, so names for them do; hard links would cross its mounts.
 */
export async function seed(
  { room, toolchain, isolated }: Bench,
  seed: string,
  target: string,
): Promise<void> {
  const parts = ['deps', '.fingerprint', 'build'].map((part) => `${seed}/debug/${part}`)
  const args = ['-c', SCRIPT, 'sh', isolated ? '-as' : '-al', target, ...parts]
  await toolchain.run({ program: 'sh', args, cwd: room.work, timeoutMs: 60_000 })
}
