import type { Command, Outcome } from './command.ts'
import { downloadLibrary, librariesEnvironment, libraryFolder } from './libraries.ts'
import { type Need, packagesOf } from './needs.ts'
import { askNeed } from './probe.ts'
import { shortfalls } from './shortfalls.ts'
import type { Tool } from './toolchain.ts'
import { shortfallLines } from './words.ts'

/** A need that is not there: what was found, what was tried, and the command that adds it. */
export type MissingNeed = { need: Need; problem: string; remedy: string }

export type ProvideOptions = {
  needs: readonly Need[]
  /** The needs that may be downloaded. */
  download: (need: Need) => boolean
  /** Hears of each download. */
  progress: (line: string) => void
}

/** The needs as they were found, the environment in which they are found, and those that are missing. */
export type Provided = {
  tools: readonly Tool[]
  environment: Record<string, string>
  missing: readonly MissingNeed[]
}

type Run = (command: Command) => Promise<Outcome>

type Runners = {
  /** Asks in the machine's own environment. */
  ask: Run
  runIn(environment: Readonly<Record<string, string>>): Run
}

/**
 * Looks for each need on the machine, then below target/libraries; downloads it there when it is in neither place and
 * `download` allows it.
 */
export async function provideNeeds(
  root: string,
  cxx: string,
  environment: Readonly<Record<string, string>>,
  runners: Runners,
  options: ProvideOptions,
): Promise<Provided> {
  const before = await Promise.all(options.needs.map((need) => look(root, cxx, environment, runners, need)))
  const found: Found[] = []
  // One after another: they share apt's lists.
  for (const one of before) found.push(await downloaded(root, cxx, environment, runners, one, options))
  const folders = found.flatMap(({ folder }) => folder ?? [])
  return {
    tools: found.map(({ tool }) => tool),
    environment: await librariesEnvironment(folders, environment),
    missing: found.flatMap(({ missing }) => missing ?? []),
  }
}

type Found = { need: Need; tool: Tool; folder: string | null; missing: MissingNeed | null }
type Environment = Readonly<Record<string, string>>

/** A need as it is on the machine, else as it was unpacked below target/. */
async function look(
  root: string,
  cxx: string,
  environment: Environment,
  { ask, runIn }: Runners,
  need: Need,
): Promise<Found> {
  const system = await askNeed(ask, root, cxx, need)
  const [shortfall] = shortfalls([system])
  if (shortfall === undefined) return { need, tool: system, folder: null, missing: null }
  const folder = await libraryFolder(root, need)
  const unpacked = await askNeed(
    runIn({ ...environment, ...(await librariesEnvironment([folder], environment)) }),
    root,
    cxx,
    need,
  )
  if (shortfalls([unpacked]).length > 0)
    return { need, tool: system, folder: null, missing: { need, ...shortfallLines([shortfall]) } }
  // The id must tell a library below target/ from the same version on the system.
  const says = `${unpacked.says}\nunpacked below target/libraries`
  return { need, tool: { ...unpacked, says }, folder, missing: null }
}

/** The same after a download, where one is missing and may be downloaded. */
async function downloaded(
  root: string,
  cxx: string,
  environment: Environment,
  runners: Runners,
  found: Found,
  { download, progress }: ProvideOptions,
): Promise<Found> {
  const { need, missing } = found
  if (missing === null || !download(need)) return found
  progress(`${missing.problem}: downloading ${packagesOf(need).join(' ')} below target/libraries`)
  const failed = await downloadLibrary(root, need, runners.runIn(environment))
  const after = failed === null ? await look(root, cxx, environment, runners, need) : found
  if (after.missing === null) return after
  const why = failed ?? 'what its packages hold is older or not found by the compiler'
  return { ...after, missing: { ...missing, problem: `${missing.problem}; the download failed: ${why}` } }
}
