/** What was taken: the values by option, an empty one for a flag, `null` for an option without its value. */
export type Taken = { given: ReadonlyMap<string, string | null>; rest: string[] }

/**
 * Takes options out of a command line, up to `--`, in whatever place they stand; the last of each counts. An option
 * without its value stays in `rest` too.
 */
export function takeOptions(
  args: readonly string[],
  { flags, values }: { flags: readonly string[]; values: readonly string[] },
): Taken {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const given = new Map<string, string | null>()
  const rest: string[] = []
  for (let at = 0; at < end; at++) {
    const arg = args[at]!
    const name = values.find((value) => arg === value || arg.startsWith(`${value}=`))
    if (flags.includes(arg)) given.set(arg, '')
    else if (name === undefined) rest.push(arg)
    else if (arg !== name) given.set(name, arg.slice(name.length + 1))
    else if (at + 1 < end) given.set(name, args[++at]!)
    else {
      given.set(name, null)
      rest.push(arg)
    }
  }
  return { given, rest: [...rest, ...args.slice(end)] }
}
