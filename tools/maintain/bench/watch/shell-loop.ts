import { constants } from 'node:os'
import { join } from 'node:path'
import { type CommandEvidence, readEvidence } from '@cookbook/evidence'

/** What only the harness hears of a test: its log, and the library that reports its end. */
const HARNESS_ARGUMENT = '--logfile'
const HARNESS_VARIABLES = /^(?:LD_PRELOAD|COOKBOOK_WITNESS)/
/** `timeout` was given KILL to send: 128 and its number. */
const KILLED = 128 + constants.signals.SIGKILL

/**
 * What a person would type instead: the script of a shell loop that builds each pattern with the same cargo command
 * in one shared target folder, and then runs, one after another and with the same time limits, what the verification
 * in `root` ran. It fails where a command ends otherwise than it did there.
 */
export function shellLoop(root: string, slugs: readonly string[], target: string): string {
  const folders = new Set([`${target}/rejects`])
  const lines = slugs.flatMap((slug) => {
    const evidence = readEvidence(join(root, 'patterns', slug))
    if (evidence === null) throw new Error(`${slug} has no evidence: npm run verify`)
    const own = join(root, 'target', evidence.toolchain.id, slug)
    // Cargo's folder is shared; CMake knows one project in each.
    const placed = (text: string) =>
      text.replaceAll(`${own}/cmake`, `${target}/${slug}-cmake`).replaceAll(own, target)
    const commands = evidence.commands.filter(
      ({ program, args }) => program !== 'cargo' || args[0] === 'build',
    )
    for (const { cwd } of commands) folders.add(placed(cwd))
    return commands.map((command) => lineOf(command, placed))
  })
  return `run() {
  expected=$1 limit=$2
  shift 2
  timeout --signal=KILL "$limit" "$@" >/dev/null 2>&1 </dev/null
  code=$?
  [ "$code" = "$expected" ] || { echo "ended with $code, expected $expected: $*"; exit 1; }
}
export CXX=g++
mkdir -p ${[...folders].map(quote).join(' ')}
${lines.join('\n')}
`
}

function lineOf(
  { program, args, cwd, env, limitMs, exitStatus }: CommandEvidence,
  placed: (text: string) => string,
): string {
  const at = args.indexOf(HARNESS_ARGUMENT)
  const own = at < 0 ? args : args.toSpliced(at, 2)
  const variables = Object.entries(env)
    .filter(([name]) => !HARNESS_VARIABLES.test(name))
    .map(([name, value]) => `${name}=${value}`)
  const words = ['env', '-C', cwd, ...variables, program, ...own].map((word) => quote(placed(word)))
  return `run ${codeOf(exitStatus)} ${limitMs / 1000} ${words.join(' ')}`
}

/** As a shell has it. Throws for an exitStatus that no verification that passed has. */
function codeOf(exitStatus: CommandEvidence['exitStatus']): number {
  switch (exitStatus.kind) {
    case 'exited':
      return exitStatus.code
    case 'signaled':
      return 128 + constants.signals[exitStatus.signal]
    case 'timed-out':
      return KILLED
    default:
      throw new Error(`a command of a verification that passed ended as ${exitStatus.kind}`)
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
