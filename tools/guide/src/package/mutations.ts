import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseToml, TomlError } from 'smol-toml'
import type { Chapter } from '../chapter/chapter.ts'
import type { Finding } from '../finding/finding.ts'
import { notMutations, staleMutation, unbrokenClaim } from './problem-mutation.ts'

/** Where a package keeps its mutations. */
export const MUTATIONS = 'mutations.toml'

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
  const read = parse(readFileSync(join(dir, MUTATIONS), 'utf8'))
  if ('problem' in read)
    throw new Error(`${join(dir, MUTATIONS)}:${read.line}:${read.column} ${read.problem}`)
  return read.mutations
}

/**
 * What is wrong with the mutations of a package, whose text is `toml`: a claim that none breaks, and one whose text does
 * not stand in its file once. `read` answers the text of a file of the package, `null` where there is none.
 */
export async function mutationFindings(
  chapter: Chapter,
  { toml, file, slug }: { toml: string; file: string; slug: string },
  read: (path: string) => Promise<string | null>,
): Promise<Finding[]> {
  const parsed = parse(toml)
  if ('problem' in parsed) return [notMutations({ ...parsed, file })]
  const { mutations } = parsed
  const broken = new Set(mutations.map(({ claim }) => claim))
  const unbroken = chapter.claims.filter((claim) => !broken.has(testOf(claim)))
  const stale: Finding[] = []
  const lines = linesOfMutations(toml)
  for (const [index, mutation] of mutations.entries()) {
    const text = await read(mutation.file)
    const times = text === null ? null : text.split(mutation.find).length - 1
    if (times !== 1) stale.push(staleMutation({ file, line: lines[index] ?? 1, column: 1 }, mutation, times))
  }
  return [...unbroken.map((claim) => unbrokenClaim(chapter, claim, slug)), ...stale]
}

/** How a mutation calls the test of a claim. */
export const testOf = ({ file, name }: { file: string; name: string | null }): string =>
  name === null ? file : `${file}#${name}`

const KEYS = ['claim', 'file', 'find', 'replace'] as const

type NotMutations = { problem: string; line: number; column: number }

function parse(toml: string): { mutations: Mutation[] } | NotMutations {
  let tables: unknown
  try {
    tables = parseToml(toml).mutation ?? []
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    return { problem: error.message.split('\n')[0]!, line: error.line, column: error.column }
  }
  if (!Array.isArray(tables)) return { problem: 'it has no list of mutations', line: 1, column: 1 }
  const wrong = tables.findIndex((table) => !isMutation(table))
  return wrong < 0
    ? { mutations: tables }
    : { problem: 'a key is missing or is no text', line: linesOfMutations(toml)[wrong] ?? 1, column: 1 }
}

function isMutation(table: Record<string, unknown>): boolean {
  return KEYS.every((key) => typeof table[key] === 'string') && table.find !== ''
}

/** The line of each mutation's header. */
function linesOfMutations(toml: string): number[] {
  return toml.split('\n').flatMap((text, at) => (text.startsWith('[[mutation]]') ? [at + 1] : []))
}
