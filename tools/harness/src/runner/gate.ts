/** Set in the environment of a runner that is loaded before it is wanted, and waits on its standard input. */
export const WAITS = 'COOKBOOK_RUNNER_WAITS'
/** What it waits for. */
export const BEGIN = 'begin\n'

/** Resolves when the runner may begin. Whatever lies there is looked at only then. */
export async function gate(): Promise<void> {
  if (process.env[WAITS] === undefined) return
  process.stdin.setEncoding('utf8')
  let said = ''
  for await (const text of process.stdin) {
    said += text
    if (said.endsWith(BEGIN)) return
  }
  // Nobody is left who could want it.
  process.exit(1)
}
