import { shortfallLines } from '../probe/messages.ts'
import { type Need, packagesOf } from '../probe/needs.ts'
import { askNeed } from '../probe/probe.ts'
import { shortfalls } from '../probe/shortfalls.ts'
import type { MissingNeed, Tool } from '../probe/toolchain.ts'
import type { Command, Outcome } from '../process/command.ts'
import { downloadLibrary, updateLists } from './apt.ts'
import { librariesEnvironment, libraryFolder } from './libraries.ts'

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
  const wanted = before.filter(({ need, missing }) => missing !== null && options.download(need))
  if (wanted.length > 0) {
    const names = wanted.map(({ need }) => need).join(', ')
    const packages = [...new Set(wanted.flatMap(({ need }) => packagesOf(need)))].join(' ')
    options.progress(`not on this system: ${names}; downloading ${packages} into target/libraries`)
  }
  const run = runners.runIn(environment)
  // Without lists there are no packages either, and each would be waited for.
  const unlisted = wanted.length > 0 ? await updateLists(root, run) : null
  const found: Found[] = []
  for (const one of before) {
    if (!wanted.includes(one)) found.push(one)
    else {
      const failed = unlisted ?? (await downloadLibrary(root, one.need, run))
      found.push(
        failed === null ? await lookAgain(root, cxx, environment, runners, one) : failedFor(one, failed),
      )
    }
  }
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
  const output = `${unpacked.output}\nunpacked below target/libraries`
  return { need, tool: { ...unpacked, output }, folder, missing: null }
}

/** The same after a download. */
async function lookAgain(
  root: string,
  cxx: string,
  environment: Environment,
  runners: Runners,
  before: Found,
): Promise<Found> {
  const after = await look(root, cxx, environment, runners, before.need)
  return after.missing === null
    ? after
    : failedFor(before, 'what its packages hold is older or not found by the compiler')
}

function failedFor(found: Found, why: string): Found {
  const missing = found.missing!
  return { ...found, missing: { ...missing, problem: `${missing.problem}; the download failed: ${why}` } }
}
