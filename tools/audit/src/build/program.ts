/** A section's program, and how a reader comes to it. */
export type Program = {
  path: string
  /** What a reader types to build and start it. */
  command: string
  /** The files of the section that are no part of it. */
  others: readonly string[]
  /** Builds it once more under sanitizers, and answers where it is; `null` where that cannot be done. */
  sanitized: () => Promise<string | null>
}
