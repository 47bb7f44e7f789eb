import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chapter } from '../chapter/chapter.ts'
import type { Finding } from '../finding/finding.ts'
import { notMutations, staleMutation, unbrokenClaim } from './problem-mutation.ts'

/** Where a package keeps its mutations. */
export const MUTATIONS = 'mutations.json'

/** One line of a pattern changed, so that the test of one claim must fail. */
export type Mutation = {
  /** `tests/cancel.rs#dropping_the_future_stops_the_cpp_work`. */
  claim: string
  /** From the pattern's folder. */
  file: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
}

/** The mutations that the pattern in `dir` keeps. Throws where it keeps none. */
export function readMutations(dir: string): Mutation[] {
  const mutations = parse(readFileSync(join(dir, MUTATIONS), 'utf8'))
  if (mutations === null) throw new Error(`${join(dir, MUTATIONS)} is no list of mutations`)
  return mutations
}

/**
 * What is wrong with the mutations of a package, whose text is `json`: a claim that none breaks, and one whose text does
 * not stand in its file once. `read` answers the text of a file of the package, `null` where there is none.
 */
export async function mutationFindings(
  chapter: Chapter,
  { json, file, slug }: { json: string; file: string; slug: string },
  read: (path: string) => Promise<string | null>,
): Promise<Finding[]> {
  const mutations = parse(json)
  if (mutations === null) return [notMutations(file)]
  const broken = new Set(mutations.map(({ claim }) => claim))
  const unbroken = chapter.claims.filter((claim) => !broken.has(testOf(claim)))
  const stale: Finding[] = []
  const lines = placesOf(json)
  for (const [index, mutation] of mutations.entries()) {
    const text = await read(mutation.file)
    const times = text === null ? null : text.split(mutation.find).length - 1
    if (times !== 1)
      stale.push(staleMutation({ file, ...(lines[index] ?? { line: 1, column: 1 }) }, mutation, times))
  }
  return [...unbroken.map((claim) => unbrokenClaim(chapter, claim, slug)), ...stale]
}

/** How a mutation calls the test of a claim. */
export const testOf = ({ file, name }: { file: string; name: string | null }): string =>
  name === null ? file : `${file}#${name}`

const KEYS = ['claim', 'file', 'find', 'replace'] as const

function parse(json: string): Mutation[] | null {
  try {
    const value: unknown = JSON.parse(json)
    const isMutation = (one: Record<string, unknown> | null) =>
      KEYS.every((key) => typeof one?.[key] === 'string') && one!.find !== ''
    return Array.isArray(value) && value.every(isMutation) ? value : null
  } catch {
    return null
  }
}

/** Where each mutation has its text to be found: no text of JSON holds a quoted key without an escape. */
function placesOf(json: string): { line: number; column: number }[] {
  return json
    .split('\n')
    .flatMap((text, at) =>
      [...text.matchAll(/"find"\s*:/g)].map(({ index }) => ({ line: at + 1, column: index + 1 })),
    )
}
