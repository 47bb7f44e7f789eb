import type { Command, Outcome } from './command.ts'

type Ask = { command: Command; answer: (outcome: Outcome) => void }

/**
 * A `run` for questions to tools (`rustc -vV`): those asked in one go become one shell script, because a process for
 * each, and more so a `docker exec`, costs more than all of them. `runScript` runs it and gives its standard output back, or
 * `null` when it could not.
 */
export function batch(
  runScript: (script: string) => Promise<string | null>,
): (command: Command) => Promise<Outcome> {
  let queue: Ask[] = []
  const flush = async () => {
    const asking = queue
    queue = []
    const printed = await runScript(script(asking.map(({ command }) => command)))
    const answers = printed?.split('\0') ?? []
    for (const [index, { command, answer }] of asking.entries()) answer(outcome(command, answers[index]))
  }
  return (command) =>
    new Promise((answer) => {
      if (queue.length === 0) queueMicrotask(flush)
      queue.push({ command, answer })
    })
}

/** Asks side by side, then prints what each said and its exit code, each answer ended by a NUL. */
export function script(commands: readonly Command[]): string {
  const asks = commands.map(({ program, args }, index) => {
    // One that does not answer keeps nobody else's answer back.
    const line = ['timeout', '20', program, ...args].map(shellWord).join(' ')
    return `{ ${line} >"$d/${index}"; printf '\\n%s\\0' $? >>"$d/${index}"; } 2>/dev/null &`
  })
  const files = commands.map((_, index) => `"$d/${index}"`)
  return ['d=$(mktemp -d)', ...asks, 'wait', `cat ${files.join(' ')}`, 'rm -r "$d"'].join('\n')
}

function outcome(command: Command, answer: string | undefined): Outcome {
  const bare = { stderr: '', truncated: false, durationMs: 0 }
  const end = answer?.lastIndexOf('\n') ?? -1
  const code = answer === undefined || end < 0 ? 127 : Number(answer.slice(end + 1))
  if (code === 127) return { ...bare, kind: 'missing', program: command.program, stdout: '' }
  return { ...bare, kind: 'exited', code, stdout: answer!.slice(0, end) }
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
