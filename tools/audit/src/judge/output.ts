import type { Ran } from '../build/run.ts'
import type { Block, CodeLine } from '../document/block.ts'
import { BOUNDS } from '../document/bounds.ts'
import { isAboutIt } from '../snippet/expectation/end.ts'
import { hasMain } from '../snippet/facts.ts'
import { isCompilerOutput } from '../snippet/recognize.ts'
import type { Snippet } from '../snippet/snippet.ts'
import type { BlockVerdict, PageDiagnostic, Run } from '../verdict.ts'
import { firstDifference } from './difference.ts'
import { startedBy } from './started.ts'

const PRINTS =
  /\b(?:prints?|outputs?|displays?|writes|(?:you|we|should|will|ll) see|the output(?: is)?|(?:run(?:s|ning)?|execut\w+)\b[^.\n]{0,60}\b(?:gives?|produces?|shows?|yields?|results? in))\b/i
/** What a program printed once, and need not print again. */
const ONCE =
  /\b(?:possible|possibly|may|might|could|can|varies|vary|something|similar|roughly|approximately|typical(?:ly)?|(?:an?|one) example (?:of|output|run))\b|\b(?:for example|e\.g\.)/i
const PLAIN = ['', 'text', 'txt', 'plain', 'plaintext', 'none', 'output']
const SESSION = ['bash', 'sh', 'shell', 'console', 'shellsession', 'shell-session', 'zsh', 'terminal']
const CARGOS_OWN =
  /^\s*(?:Compiling|Finished|Running|Updating|Locking|Downloaded|Downloading|Adding|Blocking) /

/**
 * The lines that a guide says its program prints: a block of plain text that the words before announce, or what
 * follows the program's start in a console session. `null` for any other block. `session` is the block before it on its
 * page, `run` the program's.
 */
export function outputShown(
  block: Block,
  session: Block | null,
  { command, stdout }: Pick<Run, 'command' | 'stdout'>,
): readonly CodeLine[] | null {
  if (SESSION.includes(block.lang)) return afterRun(block.lines, command)
  if (!PLAIN.includes(block.lang)) return null
  if (block.lang === '' && /^\s*[$%] \w/.test(block.lines[0]?.text ?? ''))
    return afterRun(block.lines, command)
  const words = block.before
    .split(/\n\s*\n/)
    .at(-1)!
    .trim()
  const shown = session !== null && SESSION.includes(session.lang) ? commandsOf(session.lines) : []
  const named = [...words.matchAll(/`((?:cargo|\.\/|cmake|build\/|target\/)[^`]*)`/g)].map(
    ([, text]) => text!,
  )
  if ([...named, ...shown].some((line) => startedBy(line, command) === 'anything')) return null
  // Right below the code, what differs from its output in numbers alone is that output too.
  const sentence = words.slice(lastEnd(words) + 1)
  const announced =
    words === ''
      ? isLikePrinted(block.lines, stdout)
      : PRINTS.test(sentence) && !ONCE.test(sentence) && isAboutIt(words)
  return announced || (block.lang === 'output' && shown.length > 0) ? bare(block.lines) : null
}

/** The characters of an output that a block without a word is looked for in. */
const COMPARED = 20_000

/** Whether each line is one that was printed, whatever its numbers are. */
function isLikePrinted(lines: readonly CodeLine[], stdout: string): boolean {
  const masked = (text: string) => text.trim().replace(/\d+/g, '0')
  const printed = new Set(stdout.slice(0, COMPARED).split('\n').map(masked))
  const full = lines.map(({ text }) => masked(text)).filter((text) => text !== '')
  return full.length > 0 && full.every((text) => printed.has(text))
}

/** Where the last but one sentence ends, or -1. */
const lastEnd = (words: string): number => Math.max(...['.', '!', '?'].map((mark) => words.lastIndexOf(mark)))

const commandsOf = (lines: readonly CodeLine[]): string[] =>
  lines.flatMap(({ text }) => text.trim().replace(/^[$%>]\s+/, '') || [])

function afterRun(lines: readonly CodeLine[], command: string): readonly CodeLine[] | null {
  const prompts = lines.flatMap(({ text }, at) => (/^\s*[$%] \S/.test(text) ? [at] : []))
  const commandAt = (at: number) => lines[at]!.text.replace(/^\s*[$%]\s+/, '').trim()
  const start = prompts.find((at) => startedBy(commandAt(at), command) === 'it')
  if (start === undefined) return null
  const end = prompts.find((at) => at > start)
  const printed = bare(lines.slice(start + 1, end).filter(({ text }) => !CARGOS_OWN.test(text)))
  // What a compiler says is no output of its program.
  if (isCompilerOutput(printed[0]?.text ?? '')) return null
  return printed.length > 0 ? printed : null
}

/** Without the blank lines around it. */
function bare(lines: readonly CodeLine[]): readonly CodeLine[] {
  const full = lines.flatMap(({ text }, at) => (text.trim() === '' ? [] : [at]))
  return full.length === 0 ? [] : lines.slice(full[0], full.at(-1)! + 1)
}

/** Holds what a guide shows against what the section's program printed. `null` where the two cannot be compared. */
export function checkOutput(
  block: Block,
  shown: readonly CodeLine[],
  run: Run,
): Pick<BlockVerdict, 'verdict' | 'reason' | 'error'> | null {
  // What differs from run to run no guide can show.
  if (!run.steady || !/^ended with exit code \d+$/.test(run.ending)) return null
  const printed =
    run.stdout.trim() === ''
      ? []
      : run.stdout
          .replace(/^(?:[ \t]*\n)+/, '')
          .trimEnd()
          .split('\n')
  const row = firstDifference(
    shown.map(({ text }) => text.trimEnd()),
    printed.map((text) => text.trimEnd()),
  )
  if (row === null) return { verdict: 'not code', reason: 'output; its program prints it', error: null }
  // A guide may show both of a program's outputs, and nobody knows in what order.
  if (run.stderr.trim() !== '') return null
  const expected = shown[row.shown]
  const found = printed[row.printed]
  const message =
    expected === undefined
      ? `its program prints more than the guide shows: ${JSON.stringify(found)}`
      : found === undefined
        ? `its program does not print ${JSON.stringify(expected.text.trim())}`
        : `its program prints ${JSON.stringify(found.trim())}, and the guide shows ${JSON.stringify(expected.text.trim())}`
  const at = (expected ?? shown.at(-1))?.at ?? { file: block.file, line: block.line, column: block.column }
  const detail = whatItPrinted(printed)
  return { verdict: 'fails', reason: message, error: { ...at, message, detail } }
}

const DETAIL_LINES = 12

/** What a comment beside a line that prints says of it; and what may stand there only because it is meant word for word. */
const PRINTED =
  /(?:\bprint(?:ln)?!\s*\(|\bcout\b|\bprintf\s*\(|\bputs\s*\(|\bdbg!).*?\/\/\s*(?:(prints?|outputs?|displays?|shows?)\b|(output|=>|->)|)\s*:?\s*(\S.*?)\s*$/i
const VALUE =
  /^(?:"[^"]*"|[-+]?\d[\d_]*(?:\.\d+)?|\[[^\]]*[\d"'][^\]]*\]|(?:Some|Ok|Err)\(.+\)|None|true|false)$/
const LITERAL = /^(?:["'`].*["'`]|[-+]?\d[\w.,:%]*|[[({].*[\])}]|(?:Some|Ok|Err|None|true|false)\b.*)$/

/** The first of the numbers by which lines are spoken of below. */
const NUMBERED = /\/\/\s*\(?[01]\)?[.:]?\s*$/m

/** A line that prints something else than the comment beside it says. */
export function commentFault(snippet: Snippet, ran: Ran): PageDiagnostic | null {
  if (!ran.steady || !ran.good) return null
  const printed = new Set(ran.outcome.stdout.split('\n').map((text) => text.trim()))
  const { prints } = snippet
  if (prints !== null && hasMain(snippet) && !standsIn(prints, ran.outcome.stdout)) {
    const message = `its program does not print ${JSON.stringify(prints)}, as the guide says`
    return { ...lineOfMain(snippet).at, message, detail: whatItPrinted(printed) }
  }
  const isNumbered = NUMBERED.test(snippet.text)
  for (const { text, at } of snippet.lines) {
    const found = PRINTED.exec(text.slice(0, BOUNDS.lineCharacters))
    if (found === null) continue
    const [, verb, sign, said = ''] = found
    const literal = LITERAL.test(said)
    // What follows a verb may as well tell of it.
    if (verb !== undefined && !literal) continue
    if (verb === undefined && sign === undefined && (!VALUE.test(said) || isNumbered || !hasMain(snippet)))
      continue
    const expected = said.replace(/^(["'`])(.*)\1$/, '$2')
    if (printed.has(expected) || printed.has(said) || standsIn(expected, ran.outcome.stdout)) continue
    const message = `its program does not print ${JSON.stringify(expected)}, as the comment says`
    const detail = whatItPrinted(printed)
    return { ...at, column: at.column + text.lastIndexOf('//'), message, detail }
  }
  return null
}

/** The line of a program's `main`, or its first one. */
export const lineOfMain = ({ lines }: Snippet): CodeLine =>
  lines.find(({ text }) => /\bmain\s*\(/.test(text)) ?? lines[0]!

const whatItPrinted = (lines: Iterable<string>): string[] => [
  'its program printed:',
  ...[...lines].slice(0, DETAIL_LINES),
]

/** Whether a text stands in another with no word or number going on around it. */
function standsIn(text: string, printed: string): boolean {
  for (let at = printed.indexOf(text); at >= 0 && text !== ''; at = printed.indexOf(text, at + 1))
    if (!/[\w.]/.test(printed[at - 1] ?? ' ') && !/\w/.test(printed[at + text.length] ?? ' ')) return true
  return false
}
