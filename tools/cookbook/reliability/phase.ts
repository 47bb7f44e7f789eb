/** The parts of a run, by a program that only they run; what comes later in a run comes first. */
const PHASES = {
  'the guide as a whole': /\bverify\.ts$/,
  'the examples and tests': /\/debug\/(?:deps\/)?(?:ebb|height)\b|supervise .*\/debug\//,
  'building the pattern': /--message-format=json|\b(?:rustc|cc1plus|collect2|ld)\b.*\bebb\b/,
  'building what it needs': /seed\.lock|cargo fetch/,
  'a runner that begins or ends': /vitest/,
  'asking the toolchain': /probe-task/,
  'turbo that begins or ends': /\bturbo\b/,
} as const

/** In which part of a run the processes with these command lines worked. */
export function phaseOf(commandLines: readonly string[]): string {
  const found = Object.entries(PHASES).find(([, word]) => commandLines.some((line) => word.test(line.trim())))
  return found?.[0] ?? 'npm that begins or ends'
}
