/** One thing that a tool says of a page, or of a file beside it. */
export type Found = { file: string; line: number; code: string; message: string }

/** What was found with a fault and not without it. */
export function news(clean: readonly Found[], found: readonly Found[]): Found[] {
  const known = new Set(clean.map(keyOf))
  return found.filter((one) => !known.has(keyOf(one)))
}

const keyOf = ({ file, code, message }: Found) => JSON.stringify([file, code, message])
