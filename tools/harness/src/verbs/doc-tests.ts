import { errorAt, type Finding, locate } from '@cookbook/guide'
import { type Command, exitStatusOf, succeeded, targetFolder } from '@cookbook/toolchain'
import { ownArtifacts } from '../build/build.ts'
import type { Build } from '../context/built.ts'
import type { Checked } from '../context/checks.ts'
import { lastLines, manifestOf, unexpectedExit } from '../context/messages.ts'
import { run, type Verification } from '../context/verification.ts'

const LIMIT_MS = 5 * 60_000
/** Where a documentation comment can hold code: a fence, an indented block, or text from elsewhere. */
const HOLDS_CODE = /^\s*\/\/[/!](?: {5}|\t|.*(?:```|~~~))|\bdoc\s*=|\/\*[*!][\s\S]*?(?:```|~~~)/m

/** Whether rustdoc may find a test in the library. */
export function hasDocTests(verification: Verification, build: Build): boolean {
  const library = ownArtifacts(verification, build).some(
    ({ kinds }) => kinds.includes('lib') || kinds.includes('rlib'),
  )
  return (
    library &&
    [...verification.pkg.files].some(
      ([path, { text }]) => /^src\/.*\.rs$/.test(path) && HOLDS_CODE.test(text.raw),
    )
  )
}

/** Runs the examples of the library's documentation, as `cargo test` does. */
export async function docTests(verification: Verification): Promise<Checked> {
  const { root, dir, pkg, toolchain, buildProfile } = verification
  const command: Command = {
    program: 'cargo',
    args: [
      'test',
      '--doc',
      '--locked',
      '--target-dir',
      targetFolder(root, toolchain, pkg.slug, buildProfile),
      ...buildProfile.args,
    ],
    cwd: dir,
    env: buildProfile.env,
    timeoutMs: LIMIT_MS,
  }
  const outcome = await run(verification, command)
  const places = [
    ...outcome.stdout.matchAll(
      /^test (src\/\S+|\S+\/src\/\S+) - .*?\(line (\d+)\).* \.\.\. (ok|ignored|FAILED)/gm,
    ),
  ]
  const bad = places.filter(([, , , result]) => result !== 'ok')
  const see = `see it alone: cargo test --doc ${manifestOf(pkg)}`
  const findings: Finding[] = bad.map(([, path, line, result]) =>
    errorAt(
      'test-failed',
      locate(pkg, path!.replace(/^.*\/(?=src\/)/, ''), Number(line), 1),
      `an example of the documentation ${result === 'ignored' ? 'is ignored, so it proves nothing' : 'fails'}`,
      result === 'ignored' ? 'let it run, or write it without a fence' : see,
      lastLines(outcome.stdout),
    ),
  )
  if (findings.length > 0 || succeeded(outcome, command)) return { findings }
  const message = unexpectedExit('cargo test --doc', exitStatusOf(outcome), 'exit code 0')
  const detail = lastLines(outcome.stderr)
  return {
    findings: [errorAt('test-failed', locate(pkg, 'src/lib.rs', 1, 1), message, see, detail)],
  }
}
