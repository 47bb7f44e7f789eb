import { withinPackage } from '@cookbook/diagnostics'
import { type Finding, locate } from '@cookbook/guide'
import { type Command, succeeded } from '@cookbook/toolchain'
import { run, type Verification } from '../context/verification.ts'
import { holds, type Settings } from '../source/cfg.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'

const LIMIT_MS = 20_000
const ATTRIBUTE = /#\s*!?\s*\[\s*(cfg|cfg_attr)\s*\(/g

/** The attributes of Rust files, of texts by path, that keep code or a test out of everything that was built. */
export async function configuredAway(
  verification: Verification,
  texts: ReadonlyMap<string, string>,
): Promise<Finding[]> {
  const { pkg } = verification
  const found = [...texts].flatMap(([path, text]) => {
    const code = codeOf(text, 'rust')
    return [...code.matchAll(ATTRIBUTE)].map(({ index, 0: begin, 1: kind }) => {
      const open = index + begin.length - 1
      const inside = text.slice(open + 1, closing(code, open) - 1)
      const predicate = kind === 'cfg' ? inside : firstOf(inside)
      return { path, line: lineAt(code, index), predicate }
    })
  })
  if (found.length === 0) return []
  const target = await targetSettings(verification)
  return found
    .filter(
      ({ path, predicate }) => !worldsOf(verification, path, target).some((world) => holds(predicate, world)),
    )
    .map(({ path, line, predicate }) => ({
      code: 'not-compiled' as const,
      severity: 'error' as const,
      ...locate(pkg, path, line, 1),
      message: `cfg(${predicate.replace(/\s+/g, ' ').trim()}) keeps this out of everything that was built, expected code that is compiled`,
      detail: [],
      fix: "remove it; or build it too, in verify.test.ts: passes('name', { features: [...] })",
    }))
}

/** The first of what commas separate. */
function firstOf(text: string): string {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    if (text[at] === ',' && depth === 0) return text.slice(0, at)
  }
  return text
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
