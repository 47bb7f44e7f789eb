import { withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate } from '@cookbook/guide'
import { type Command, succeeded } from '@cookbook/toolchain'
import { run, type Verification } from '../context/verification.ts'
import { conditionsIn } from '../source/attributes.ts'
import { holds, type Settings } from '../source/cfg.ts'

const LIMIT_MS = 20_000

/** The attributes of Rust files, of texts by path, that keep code or a test out of everything that was built. */
export async function configuredAway(
  verification: Verification,
  texts: ReadonlyMap<string, string>,
): Promise<Finding[]> {
  const { pkg } = verification
  const found = [...texts].flatMap(([path, text]) =>
    conditionsIn(text).map((condition) => ({ path, ...condition })),
  )
  if (found.length === 0) return []
  const target = await targetSettings(verification)
  return found.flatMap(({ path, line, name, predicate, around }) => {
    const worlds = worldsOf(verification, path, target).filter((world) => holds(predicate, world))
    if (worlds.some((world) => around.every((outer) => holds(outer, world)))) return []
    const outer =
      worlds.length === 0 ? '' : ` within ${around.map((each) => `cfg(${each.trim()})`).join(' and ')}`
    return [
      errorAt(
        'not-compiled',
        locate(pkg, path, line, 1),
        `${name}${outer} keeps this out of everything that was built, expected code that is compiled`,
        name === '#[test]'
          ? 'move the test into a file of tests/'
          : "remove it; or build it too, in verify.test.ts: passes('name', { features: [...] })",
      ),
    ]
  })
}

/** What was set each time that a file was compiled. A variant that a check had to skip is reported as skipped. */
function worldsOf(
  { pkg, dir, recorder: { recorded } }: Verification,
  path: string,
  target: Settings,
): Settings[] {
  const featured = (names: readonly string[]) => names.map((name) => `feature="${name}"`)
  const built = recorded.builds.flatMap(({ build, read }) =>
    read.files.flatMap(({ artifact, path: read }) =>
      artifact !== null && withinPackage(pkg, dir, read) === path
        ? [
            new Set([
              ...target,
              ...build.cfgs,
              ...featured(artifact.features),
              ...(artifact.test ? ['test'] : []),
            ]),
          ]
        : [],
    ),
  )
  return [...built, ...recorded.skippedFeatures.map((names) => new Set([...target, ...featured(names)]))]
}

async function targetSettings(verification: Verification): Promise<Settings> {
  const command: Command = {
    program: 'rustc',
    args: ['--print', 'cfg'],
    cwd: verification.dir,
    timeoutMs: LIMIT_MS,
  }
  const outcome = await run(verification, command)
  return new Set(succeeded(outcome, command) ? outcome.stdout.trim().split('\n') : [])
}
