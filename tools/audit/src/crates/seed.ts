/** In a shell, with what `seeding` gives: fills a target folder in which nothing is built yet. */
export const SEED = `
how=$1 target=$2; shift 2
[ -e "$target/debug" ] || { mkdir -p "$target/debug" && cp "$how" --force "$@" "$target/debug" || cp -a "$@" "$target/debug"; }`

/**
 * How a target folder is given the crates that are compiled in the one at `seed`. A sandbox shows these and lets nobody
 * write them, so names for them do; hard links would cross its mounts.
 */
export function seeding(isolated: boolean, seed: string, target: string): string[] {
  const parts = ['deps', '.fingerprint', 'build'].map((part) => `${seed}/debug/${part}`)
  return [isolated ? '-as' : '-al', target, ...parts]
}
