/** What valgrind or a sanitizer found first: in words, and the places of its frames, innermost first. */
export type MemoryReport = { message: string; frames: readonly Frame[] }

export type Frame = { path: string; line: number; column: number }

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

/** Reads a report from standard error; `null` when there is none. */
export function memoryReport(stderr: string): MemoryReport | null {
  const lines = stderr.split('\n').map((line) => line.trimEnd())
  const begins = lines.findIndex((line) => WORDS.some((words) => words.test(line)))
  if (begins < 0) return null
  const message = WORDS.map((words) => words.exec(lines[begins]!)?.[1]).find((words) => words !== undefined)!
  const frames = lines.slice(begins).flatMap((line): Frame[] => {
    const found = FRAMES.map((frame) => frame.exec(line)).find((match) => match !== null)
    return found ? [{ path: found[1]!, line: Number(found[2]), column: Number(found[3] ?? 1) }] : []
  })
  return { message: message.replace(/ (?:on|at|in) (?:unknown )?(?:address|loss record).*$/, ''), frames }
}
