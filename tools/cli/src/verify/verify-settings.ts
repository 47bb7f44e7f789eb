/** What `npm run verify` takes for itself; `rest` is turbo's. */
export type VerifySettings = { env: Record<string, string>; rest: string[] }

const FLAGS: Readonly<Record<string, string>> = {
  '--no-download': 'COOKBOOK_NO_DOWNLOAD',
  '--require-all': 'COOKBOOK_REQUIRE_ALL',
}

/**
 * Takes `--no-download` and `--require-all` out of the arguments, as variables that the tasks read. Where filters name
 * patterns, the tasks hear of these: nothing is downloaded for any other.
 */
export function takeSettings(args: readonly string[], patterns: readonly string[]): VerifySettings {
  const given = Object.entries(FLAGS).filter(([flag]) => args.includes(flag))
  const rest = args.filter((arg) => !(arg in FLAGS))
  const filters = rest.flatMap((arg, index) => {
    const joined = /^(?:--filter|-F)=(.*)$/.exec(arg)?.[1]
    return joined ?? (arg === '--filter' || arg === '-F' ? [rest[index + 1] ?? ''] : [])
  })
  const named = filters.length > 0 && filters.every((filter) => patterns.includes(filter))
  return {
    env: {
      ...Object.fromEntries(given.map(([, name]) => [name, '1'])),
      ...(named ? { COOKBOOK_CHAPTERS: filters.join() } : {}),
    },
    rest,
  }
}
