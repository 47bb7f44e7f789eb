import { type Diagnostic, diagnostic, type ToolLocation } from './diagnostic.ts'
import { outputLines } from './lines.ts'

const WORDS = [
  /(?:ERROR|WARNING): ((?:Address|Leak|Thread)Sanitizer: .*?)(?: \(pid=\d+\))?$/,
  /: (runtime error: .*)$/,
  // valgrind's first line begins with a capital or a count of bytes; what follows it is indented.
  /^==\d+== ((?!Thread \d)(?:[A-Z]|[\d,]+ (?:\([^)]*\) )?bytes).*)$/,
]
const FRAMES = [
  /\(([^()\s]+):(\d+)\)$/,
  // ThreadSanitizer adds where it lies in the program.
  / ([^\s()]+\.\w+):(\d+)(?::(\d+))?(?: \([^()]+\+0x\w+\)(?: \(BuildId: \w+\))?)?$/,
  /^([^\s:]+):(\d+):(\d+): runtime error/,
]

/** What begins a frame, and how far below the message the last one is. */
const FRAME = /^\s*#\d+ |^==\d+== |^[^\s:]+:\d+:\d+: runtime error/
const FRAME_LINES = 1_000

/** What valgrind or a sanitizer found first, with all its frames, innermost first; `null` when there is no report. */
export function memoryError(stderr: string): Diagnostic | null {
  const lines = outputLines(stderr).map((line) => line.trimEnd())
  const begins = lines.findIndex((line) => WORDS.some((words) => words.test(line)))
  if (begins < 0) return null
  const message = WORDS.map((words) => words.exec(lines[begins]!)?.[1]).find((words) => words !== undefined)!
  const frames = lines.slice(begins, begins + FRAME_LINES).flatMap((line): ToolLocation[] => {
    if (!FRAME.test(line)) return []
    const found = FRAMES.map((frame) => frame.exec(line)).find((match) => match !== null)
    return found ? [{ path: found[1]!, line: Number(found[2]), column: Number(found[3] ?? 1) }] : []
  })
  return diagnostic({
    tool: 'memory',
    message: message.replace(/ (?:on|at|in) (?:unknown )?(?:address|loss record).*$/, ''),
    location: frames[0] ?? null,
    related: frames.slice(1),
  })
}
